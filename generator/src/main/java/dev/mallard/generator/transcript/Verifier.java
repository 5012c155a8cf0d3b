package dev.mallard.generator.transcript;

import dev.mallard.generator.UserException;
import dev.mallard.generator.loop.Attempt;
import dev.mallard.generator.loop.Event;
import dev.mallard.generator.loop.Outcome;
import dev.mallard.generator.problem.Problem;
import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.MalformedTestsException;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.Sandbox;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.UnconfinedException;
import dev.mallard.sandbox.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs the programs of a recording again and compares what happens. A recording is not trusted: its
 * programs run in the sandbox alone, with limits that are never higher than {@link #HIGHEST}.
 */
public final class Verifier {
  /** What a program of a recording may use at most, whatever the recording says. */
  public static final Limits HIGHEST = Limits.DEFAULT.withWallClock(Duration.ofSeconds(60));

  private final Sandbox sandbox;
  private final Problem problem;
  private final Limits limits;
  private final Map<Execution, Verdict> verdicts = new HashMap<>();
  private final List<Verification.Difference> differences = new ArrayList<>();

  private Verifier(Sandbox sandbox, Event.Started started) {
    this.sandbox = sandbox;
    this.problem = started.problem();
    this.limits = capped(started.settings().limits());
  }

  /** The lower of a recording's limits and {@link #HIGHEST}, each. */
  public static Limits capped(Limits recorded) {
    Duration wallClock = recorded.wallClock();
    return new Limits(
        wallClock.compareTo(HIGHEST.wallClock()) < 0 ? wallClock : HIGHEST.wallClock(),
        Math.min(recorded.heapMebibytes(), HIGHEST.heapMebibytes()),
        Math.min(recorded.outputCharacters(), HIGHEST.outputCharacters()));
  }

  /**
   * Runs every program of the attempts on the tests that it was recorded with, and the final one on
   * the hidden tests. What was recorded twice is run once.
   *
   * @throws UserException if the tests do not parse, or nothing here confines programs in that
   *     language
   * @throws dev.mallard.sandbox.SandboxException if the sandbox is broken
   * @throws InterruptedException if the calling thread is interrupted
   */
  public static Verification verify(Recording recording, Sandbox sandbox)
      throws InterruptedException {
    Verifier verifier = new Verifier(sandbox, recording.started());
    try {
      verifier.run(recording.events());
    } catch (MalformedTestsException e) {
      throw new UserException(
          "The tests of the transcript do not parse: %s.".formatted(e.problem().message()), e);
    } catch (UnconfinedException e) {
      throw new UserException(String.valueOf(e.getMessage()), e);
    }
    return new Verification(verifier.verdicts.size(), verifier.differences);
  }

  private void run(List<Event> events) throws InterruptedException {
    TestSuite visible = problem.visibleTests();
    Optional<Report> hidden = Optional.empty();
    for (Event event : events) {
      switch (event) {
        case Event.AttemptCompleted(var attempt) ->
            compare(attempt, false, visible, attempt.report().verdict());
        case Event.TestsProposed(var kept, var _) ->
            visible = TestSuite.asserts(String.join("\n", kept) + "\n");
        case Event.HiddenTestsRun(var report) -> hidden = Optional.of(report);
        case Event.Solved(var outcome) -> compareHidden(outcome, hidden);
        case Event.GaveUp(var outcome) -> compareHidden(outcome, hidden);
        default -> {}
      }
    }
  }

  private void compareHidden(Outcome outcome, Optional<Report> recorded)
      throws InterruptedException {
    if (outcome.best().isPresent() && recorded.isPresent()) {
      compare(outcome.best().get(), true, problem.hiddenTests(), recorded.get().verdict());
    }
  }

  private void compare(Attempt attempt, boolean hidden, TestSuite tests, Verdict recorded)
      throws InterruptedException {
    if (attempt.program().isEmpty()) {
      return;
    }
    Verdict now = verdict(attempt.program(), tests);
    if (!Verification.agree(recorded, now)) {
      differences.add(new Verification.Difference(attempt, hidden, recorded, now));
    }
  }

  private Verdict verdict(String program, TestSuite tests) throws InterruptedException {
    Execution execution =
        new Execution(problem.language().guestLanguage(), program.stripTrailing(), tests, limits);
    Verdict known = verdicts.get(execution);
    if (known != null) {
      return known;
    }
    Verdict verdict =
        sandbox.run(new Execution(execution.language(), program, tests, limits)).verdict();
    verdicts.put(execution, verdict);
    return verdict;
  }
}
