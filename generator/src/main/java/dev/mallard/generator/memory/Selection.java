package dev.mallard.generator.memory;

import java.time.Instant;
import java.util.stream.Stream;

/** Which of the experiences are meant. */
public sealed interface Selection {
  /** Whether an experience is one of them. */
  boolean contains(Experience experience);

  /** All there are. */
  record All() implements Selection {
    @Override
    public boolean contains(Experience experience) {
      return true;
    }
  }

  /**
   * Those that mention a text, in the problem, the tests, a program or the feedback; capital and
   * small letters are the same.
   *
   * @param text looked for as it is, and not blank
   */
  record Mentioning(String text) implements Selection {
    public Mentioning {
      if (text.isBlank()) {
        throw new IllegalArgumentException("a blank text would be found everywhere");
      }
    }

    @Override
    public boolean contains(Experience experience) {
      return texts(experience).anyMatch(own -> Texts.containsIgnoringCase(own, text));
    }

    private static Stream<String> texts(Experience experience) {
      ProblemText problem = experience.problem();
      Stream<String> common =
          Stream.of(problem.title(), problem.statement(), problem.tests(), experience.program());
      Stream<String> own =
          switch (experience) {
            case Experience.Solution _ -> Stream.empty();
            case Experience.Repair repair -> Stream.of(repair.failingProgram(), repair.feedback());
          };
      return Stream.of(common, problem.signature().stream(), own).flatMap(texts -> texts);
    }
  }

  /** Those that were verified before a time. */
  record Before(Instant time) implements Selection {
    @Override
    public boolean contains(Experience experience) {
      return experience.provenance().time().isBefore(time);
    }
  }
}
