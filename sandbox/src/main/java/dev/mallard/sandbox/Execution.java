package dev.mallard.sandbox;

import java.util.Set;

/**
 * What a sandbox is asked to run.
 *
 * @param language the language of the program and of its tests
 * @param program source text, any content
 * @param tests what to check after the program has run; {@link TestSuite#EMPTY} to run it alone
 * @param limits what the program and its tests together may use
 * @param observations what to record
 */
public record Execution(
    ProgramLanguage language,
    String program,
    TestSuite tests,
    Limits limits,
    Set<Observation> observations) {
  public Execution {
    observations = Set.copyOf(observations);
  }

  /** An execution that records nothing but its verdict. */
  public Execution(ProgramLanguage language, String program, TestSuite tests, Limits limits) {
    this(language, program, tests, limits, Set.of());
  }

  public boolean observes(Observation observation) {
    return observations.contains(observation);
  }
}
