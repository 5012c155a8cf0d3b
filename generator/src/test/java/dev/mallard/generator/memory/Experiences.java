package dev.mallard.generator.memory;

import dev.mallard.generator.problem.Language;
import dev.mallard.generator.problem.Problem;
import dev.mallard.sandbox.GuestLanguage;
import dev.mallard.sandbox.TestSuite;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;

/** Problems and what was verified of them, for tests. */
final class Experiences {
  static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  static final Language TOY =
      new Language(
          "Toy",
          List.of("toy"),
          List.of("toy"),
          Language.PYTHON.comments(),
          Optional.empty(),
          GuestLanguage.PYTHON);

  private Experiences() {}

  static Problem problem(String title, String statement) {
    return problem(title, statement, Language.PYTHON);
  }

  static Problem problem(String title, String statement, Language language) {
    return new Problem(
        title,
        statement,
        Optional.empty(),
        language,
        TestSuite.asserts("assert f(1) == 2"),
        TestSuite.EMPTY);
  }

  static Provenance verified(Instant time) {
    return new Provenance(time, "a script", Optional.empty(), true);
  }

  static Experience.Solution solution(Problem problem, String program) {
    return new Experience.Solution(ProblemText.of(problem), program, verified(NOON));
  }

  static Experience.Solution solution(Problem problem, String program, Provenance provenance) {
    return new Experience.Solution(ProblemText.of(problem), program, provenance);
  }

  static Experience.Repair repair(
      Problem problem, String failing, String feedback, String program) {
    return new Experience.Repair(
        ProblemText.of(problem), failing, feedback, program, verified(NOON));
  }

  /** A store in memory. */
  static ExperienceStore store() {
    return store(new ByteBuffersDirectory());
  }

  static ExperienceStore store(Directory directory) {
    return new ExperienceStore(new IndexFolder("the test", directory, Duration.ZERO), true);
  }

  /** All that a store remembers, the oldest first. */
  static List<Experience> all(ExperienceStore store) {
    List<Experience> all = new ArrayList<>();
    store.forEach(all::add);
    return all;
  }
}
