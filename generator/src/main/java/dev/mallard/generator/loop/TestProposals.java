package dev.mallard.generator.loop;

import dev.mallard.generator.model.Completion;
import dev.mallard.generator.model.GenerationListener;
import dev.mallard.generator.model.GenerationRequest;
import dev.mallard.generator.model.Sampling;
import dev.mallard.generator.problem.Problem;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.TestResult;
import dev.mallard.sandbox.TestSuite;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tests that the model proposes where the user gave none, and the choice among them: programs that
 * pass the same tests agree, and the tests of the group in which the most programs agree on the
 * most tests are kept ("CodeT: Code Generation with Generated Tests", Chen et al., arXiv
 * 2207.10397, section 2, with the square root of the number of programs).
 */
final class TestProposals {
  private static final int ANSWERS = 3;
  private static final int MOST_TESTS = 24;
  private static final int LONGEST_TEST = 300;
  private static final int MOST_TOKENS = 300;

  private final Problem problem;
  private final Judge judge;
  private final ModelSession session;
  private final Workshop workshop;

  /** What came of it. */
  record Agreed(List<String> kept, List<String> dropped) {
    TestSuite suite() {
      return TestSuite.asserts(String.join("\n", kept) + "\n");
    }
  }

  TestProposals(Problem problem, Judge judge, ModelSession session, Workshop workshop) {
    this.problem = problem;
    this.judge = judge;
    this.session = session;
    this.workshop = workshop;
  }

  /**
   * Asks for tests and chooses.
   *
   * @param attempts whose programs choose
   * @return empty if there is no test that any program passes
   */
  Optional<Agreed> agree(int turn, List<Attempt> attempts, LoopSettings settings, long seed)
      throws InterruptedException {
    List<String> tests = propose(turn, settings, seed);
    if (tests.isEmpty()) {
      return Optional.empty();
    }
    TestSuite suite = TestSuite.asserts(String.join("\n", tests) + "\n");
    Map<Set<Integer>, Integer> groups = new HashMap<>();
    for (Attempt attempt : attempts) {
      if (!attempt.program().isEmpty()) {
        groups.merge(passed(judge.run(attempt.program(), suite)), 1, Integer::sum);
      }
    }
    Set<Integer> best = Set.of();
    double highest = 0;
    for (Map.Entry<Set<Integer>, Integer> group : groups.entrySet()) {
      double score = Math.sqrt(group.getValue()) * group.getKey().size();
      if (score > highest
          || (score == highest && score > 0 && order(group.getKey()).compareTo(order(best)) < 0)) {
        highest = score;
        best = group.getKey();
      }
    }
    if (best.isEmpty()) {
      return Optional.empty();
    }
    List<String> kept = new ArrayList<>();
    List<String> dropped = new ArrayList<>();
    for (int i = 0; i < tests.size(); i++) {
      (best.contains(i + 1) ? kept : dropped).add(tests.get(i));
    }
    return Optional.of(new Agreed(kept, dropped));
  }

  private static String order(Set<Integer> tests) {
    return new TreeSet<>(tests).toString();
  }

  private static Set<Integer> passed(Report report) {
    Set<Integer> numbers = new TreeSet<>();
    for (TestResult result : report.tests()) {
      if (result.passed()) {
        numbers.add(result.test().number());
      }
    }
    return numbers;
  }

  private List<String> propose(int turn, LoopSettings settings, long seed)
      throws InterruptedException {
    Optional<AssertionLook> look = AssertionLook.of(problem.language());
    Optional<Prompt> prompt = look.flatMap(_ -> workshop.promptWriter().proposals());
    if (look.isEmpty() || prompt.isEmpty()) {
      return List.of();
    }
    GenerationRequest request =
        new GenerationRequest(
            prompt.get().conversation(),
            ANSWERS,
            Math.min(MOST_TOKENS, prompt.get().maxTokens()),
            new Sampling(settings.temperature(), 0, 0.95, 0),
            seed,
            List.of());
    Optional<ModelSession.Answers> answers =
        session.prepare(turn, Purpose.TESTS, request).answer(GenerationListener.SILENT);
    Set<String> tests = new LinkedHashSet<>();
    for (Completion completion : answers.map(ModelSession.Answers::completions).orElse(List.of())) {
      for (String line : completion.text().lines().map(String::strip).toList()) {
        if (tests.size() < MOST_TESTS && isTest(look.get(), line)) {
          tests.add(line);
        }
      }
    }
    return List.copyOf(tests);
  }

  /** Whether a line compares what a call gives, and can be run by itself. */
  private boolean isTest(AssertionLook look, String line) throws InterruptedException {
    return line.length() <= LONGEST_TEST
        && look.compares(line)
        && look.callIn(line).filter(this::isOfProblem).isPresent()
        && judge.isSound(TestSuite.asserts(line + "\n"));
  }

  private boolean isOfProblem(TestCall call) {
    return problem.signature().map(lines -> lines.contains(call.name() + "(")).orElse(true);
  }
}
