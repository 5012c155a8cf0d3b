package dev.mallard.generator.memory;

/** Something that was verified: a program that passed its visible tests. */
public sealed interface Experience {
  /** The problem that the program solves. */
  ProblemText problem();

  /** The program that passed. */
  String program();

  /** Where it comes from. */
  Provenance provenance();

  /**
   * A program that passed.
   *
   * @param program all of it
   */
  record Solution(ProblemText problem, String program, Provenance provenance)
      implements Experience {}

  /**
   * A repair that worked.
   *
   * @param failingProgram what did not pass
   * @param feedback what the model was told of it
   * @param program what the model made of it, and passed
   */
  record Repair(
      ProblemText problem,
      String failingProgram,
      String feedback,
      String program,
      Provenance provenance)
      implements Experience {

    /** Whether it changed more than white space at the ends. */
    boolean changesTheProgram() {
      return !failingProgram.strip().equals(program.strip());
    }
  }
}
