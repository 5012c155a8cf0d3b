package dev.mallard.benchmarks.evaluation;

import dev.mallard.benchmarks.dataset.Task.ProgramTask;
import dev.mallard.generator.UserException;
import dev.mallard.generator.loop.Attempt;
import dev.mallard.generator.loop.Event;
import dev.mallard.generator.loop.LoopSettings;
import dev.mallard.generator.loop.Outcome;
import dev.mallard.generator.loop.SelfDebugger;
import dev.mallard.generator.problem.Problem;
import dev.mallard.generator.transcript.TranscriptFile;
import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.Sandbox;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/** Has programs written for tasks, and judges them by the tests that decide. */
final class ProgramSolver {
  private final SelfDebugger debugger;
  private final Sandbox sandbox;
  private final LoopSettings settings;
  private final Path transcripts;

  /**
   * Makes one.
   *
   * @param transcripts an existing folder that gets a transcript for each task
   */
  ProgramSolver(SelfDebugger debugger, Sandbox sandbox, LoopSettings settings, Path transcripts) {
    this.debugger = debugger;
    this.sandbox = sandbox;
    this.settings = settings;
    this.transcripts = transcripts;
  }

  TaskResult solve(ProgramTask task, long seed) throws InterruptedException {
    long start = System.nanoTime();
    Problem problem = task.problem();
    Outcome outcome;
    try (TranscriptFile transcript =
        TranscriptFile.at(
            transcripts.resolve(RunJson.transcriptName(task.id())), InstantSource.system())) {
      Consumer<Event> events = transcript;
      outcome = debugger.solve(problem, settings.withSeed(seed), events);
    } catch (UserException e) {
      return failed(task, String.valueOf(e.getMessage()), seconds(start));
    }
    Decider decider = new Decider(problem, outcome);
    List<SampleResult> samples = new ArrayList<>();
    for (Attempt attempt : outcome.transcript().attempts()) {
      boolean wanted = attempt.turn() == 1 || outcome.leaders().contains(attempt);
      samples.add(
          new SampleResult(
              attempt.turn(),
              attempt.candidate(),
              attempt.program(),
              visible(problem, attempt),
              wanted ? Optional.of(decider.verdict(attempt)) : Optional.empty(),
              attempt.completion().tokens()));
    }
    List<Boolean> passedAfterTurn = new ArrayList<>();
    for (Attempt leader : outcome.leaders()) {
      passedAfterTurn.add(decider.verdict(leader) == TaskVerdict.PASSED);
    }
    Optional<TaskVerdict> chosen = Optional.empty();
    if (outcome.best().isPresent()) {
      chosen = Optional.of(decider.verdict(outcome.best().get()));
    } else if (!samples.isEmpty()) {
      chosen = Optional.of(TaskVerdict.MALFORMED);
    }
    return new TaskResult(
        task.id(),
        task.level(),
        samples,
        passedAfterTurn,
        chosen,
        outcome.solved() && !problem.visibleTests().isEmpty(),
        !problem.hiddenTests().isEmpty(),
        outcome.usage().prompt(),
        outcome.usage().completion(),
        seconds(start),
        OptionalDouble.empty(),
        Optional.empty());
  }

  private static Optional<TaskVerdict> visible(Problem problem, Attempt attempt) {
    return problem.visibleTests().isEmpty()
        ? Optional.empty()
        : Optional.of(TaskVerdict.of(attempt.report().verdict()));
  }

  static double seconds(long start) {
    return Math.round((System.nanoTime() - start) / 1e6) / 1e3;
  }

  /** What came of a task that could not be tried. */
  static TaskResult failed(ProgramTask task, String reason, double seconds) {
    return new TaskResult(
        task.id(),
        task.level(),
        List.of(),
        List.of(),
        Optional.empty(),
        false,
        !task.problem().hiddenTests().isEmpty(),
        0,
        0,
        seconds,
        OptionalDouble.empty(),
        Optional.of(reason));
  }

  /** Runs the tests that decide, on each program once. */
  private final class Decider {
    private final Problem problem;
    private final Map<String, TaskVerdict> known = new HashMap<>();

    Decider(Problem problem, Outcome outcome) {
      this.problem = problem;
      outcome
          .hiddenTests()
          .ifPresent(report ->
              known.put(
                  outcome.best().map(Attempt::program).orElse(""),
                  TaskVerdict.of(report.verdict())));
    }

    TaskVerdict verdict(Attempt attempt) throws InterruptedException {
      String program = attempt.program();
      if (program.isEmpty()) {
        return TaskVerdict.MALFORMED;
      }
      if (problem.hiddenTests().isEmpty()) {
        return TaskVerdict.of(attempt.report().verdict());
      }
      TaskVerdict verdict = known.get(program);
      if (verdict == null) {
        Execution execution =
            new Execution(
                problem.language().guestLanguage(),
                program,
                problem.hiddenTests(),
                settings.limits());
        verdict = TaskVerdict.of(sandbox.run(execution).verdict());
        known.put(program, verdict);
      }
      return verdict;
    }
  }
}
