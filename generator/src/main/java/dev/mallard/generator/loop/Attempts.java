package dev.mallard.generator.loop;

import dev.mallard.generator.model.Completion;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** The programs of a search, as they are run. */
final class Attempts {
  private final Judge judge;
  private final Consumer<Event> events;
  private final Map<String, Attempt> firstByProgram = new HashMap<>();
  private final List<Attempt> all = new ArrayList<>();

  /**
   * Where a program comes from.
   *
   * @param elapsed time in which its request was answered
   */
  record Origin(int turn, int candidate, TurnKind kind, Duration elapsed) {}

  Attempts(Judge judge, Consumer<Event> events) {
    this.judge = judge;
    this.events = events;
  }

  List<Attempt> all() {
    return all;
  }

  /** Runs a program that the user gave. */
  Attempt given(String program, TestSuite tests) throws InterruptedException {
    Completion nothing = new Completion("", Completion.Finish.END, 0, 0, Double.NaN);
    return judge(
        new Origin(0, 0, TurnKind.GIVEN, Duration.ZERO), nothing, Optional.of(program), tests);
  }

  /** Runs the program in an answer, if there is one. */
  Attempt judge(Origin origin, Completion completion, Optional<String> code, TestSuite tests)
      throws InterruptedException {
    String program = code.orElse("");
    Optional<Attempt> earlier = Optional.ofNullable(firstByProgram.get(program.stripTrailing()));
    Attempt attempt =
        new Attempt(
            origin.turn(),
            origin.candidate(),
            origin.kind(),
            completion,
            program,
            report(program, tests),
            earlier.map(first -> OptionalInt.of(first.turn())).orElse(OptionalInt.empty()),
            origin.elapsed());
    firstByProgram.putIfAbsent(program.stripTrailing(), attempt);
    all.add(attempt);
    events.accept(new Event.AttemptCompleted(attempt));
    return attempt;
  }

  /** The same programs, on other tests. */
  List<Attempt> judgeAgain(TestSuite tests) throws InterruptedException {
    for (int i = 0; i < all.size(); i++) {
      Attempt attempt = all.get(i);
      Attempt again = attempt.withReport(report(attempt.program(), tests));
      all.set(i, again);
      if (again.repeats().isEmpty()) {
        events.accept(new Event.AttemptCompleted(again));
      }
    }
    return List.copyOf(all);
  }

  private Report report(String program, TestSuite tests) throws InterruptedException {
    if (program.isEmpty()) {
      Verdict noCode = new Verdict.Malformed("the answer has no code in it", 1, 1);
      return new Report(noCode, "", "", Duration.ZERO);
    }
    return judge.run(program, tests);
  }
}
