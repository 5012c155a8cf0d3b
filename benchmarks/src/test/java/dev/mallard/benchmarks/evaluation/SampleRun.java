package dev.mallard.benchmarks.evaluation;

import dev.mallard.generator.loop.Attempt;
import dev.mallard.generator.loop.Ending;
import dev.mallard.generator.loop.Event;
import dev.mallard.generator.loop.Feedback;
import dev.mallard.generator.loop.LoopSettings;
import dev.mallard.generator.loop.Outcome;
import dev.mallard.generator.loop.TokenUsage;
import dev.mallard.generator.loop.Transcript;
import dev.mallard.generator.loop.TurnKind;
import dev.mallard.generator.model.Completion;
import dev.mallard.generator.transcript.TranscriptFile;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Makes folders of runs as an evaluation would, the same ones each time.
 *
 * @param seed of what the model writes
 * @param skill how likely a program of the first turn is right, from 0 to 1
 * @param tasks how many; one of them cannot be tried, and one has no transcript
 * @param turns most turns of a task
 * @param samples programs of a turn
 * @param joules whether energy was measured
 */
public record SampleRun(
    long seed, double skill, int tasks, int turns, int samples, boolean joules) {
  /** The task that cannot be tried. */
  public static final int NOT_TRIED = 13;

  /** The task without a transcript. */
  public static final int WITHOUT_TRANSCRIPT = 17;

  private static final Instant STARTED = Instant.parse("2026-01-01T00:00:00Z");
  private static final List<String> LEVELS = List.of("easy", "medium", "hard");

  /** A run of 60 tasks with four turns of four programs. */
  public static SampleRun of(long seed, double skill) {
    return new SampleRun(seed, skill, 60, 4, 4, true);
  }

  /** The id of a task. */
  public static String id(int task) {
    return "HumanEval/" + task;
  }

  /** What was to be done. */
  public RunConfig config() {
    return new RunConfig(
        RunConfig.VERSION,
        "0.1.0",
        "humaneval",
        "0f1e".repeat(16),
        IntStream.range(0, tasks).mapToObj(SampleRun::id).toList(),
        "Qwen2.5-Coder-1.5B-Instruct, bfloat16",
        Optional.of("ab12".repeat(16)),
        Optional.empty(),
        samples,
        1,
        turns,
        512,
        0.8,
        seed,
        turns == 1 ? List.of() : List.of("unit-test", "trace"),
        "off",
        10,
        512,
        "1/1");
  }

  /** Writes the folder. */
  public RunFolder write(Path folder) {
    return write(folder, SampleProblem.all());
  }

  RunFolder write(Path folder, List<SampleProblem> problems) {
    try {
      Files.createDirectories(folder.resolve(RunJson.TRANSCRIPTS));
      Files.writeString(
          folder.resolve(RunJson.CONFIG), RunJson.MAPPER.writeValueAsString(config()));
      StringBuilder results = new StringBuilder();
      for (int task = 0; task < tasks; task++) {
        Path transcript =
            folder.resolve(RunJson.TRANSCRIPTS).resolve(RunJson.transcriptName(id(task)));
        results.append(RunJson.line(solve(task, problems, transcript)));
      }
      Files.writeString(folder.resolve(RunJson.RESULTS), results);
      Files.deleteIfExists(
          folder
              .resolve(RunJson.TRANSCRIPTS)
              .resolve(RunJson.transcriptName(id(WITHOUT_TRANSCRIPT))));
      return RunFolder.open(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private TaskResult solve(int task, List<SampleProblem> problems, Path transcript) {
    String level = LEVELS.get(task % LEVELS.size());
    if (task == NOT_TRIED) {
      return new TaskResult(
          id(task),
          level,
          List.of(),
          List.of(),
          Optional.empty(),
          false,
          true,
          0,
          0,
          0.01,
          joules ? OptionalDouble.of(0.2) : OptionalDouble.empty(),
          Optional.of("The statement has 9,120 tokens, and the model reads 4,096."));
    }
    Search search =
        new Search(
            problems.get((task + task / problems.size()) % problems.size()),
            new Random(seed * 1_000_003 + task),
            skill * (1.3 - 0.3 * (task % LEVELS.size())));
    try (TranscriptFile file = TranscriptFile.at(transcript, () -> STARTED)) {
      return search.run(id(task), level, file);
    }
  }

  /** One search. */
  private final class Search {
    private final SampleProblem problem;
    private final Random random;
    private final double skill;
    private final List<Attempt> attempts = new ArrayList<>();
    private final List<SampleResult> results = new ArrayList<>();
    private final List<Boolean> passedAfterTurn = new ArrayList<>();

    Search(SampleProblem problem, Random random, double skill) {
      this.problem = problem;
      this.random = random;
      this.skill = skill;
    }

    TaskResult run(String id, String level, TranscriptFile file) {
      file.accept(
          new Event.Started(
              problem.problem(),
              config().model(),
              config().modelHash().orElse(""),
              new LoopSettings(samples, turns, 512, 0.8, seed, Limits.DEFAULT)));
      for (int turn = 1; turn <= turns && (turn == 1 || !best().passed()); turn++) {
        takeTurn(turn, file);
      }
      Attempt best = best();
      Report hidden = report(problem.hiddenVerdict(best.program()));
      file.accept(new Event.HiddenTestsRun(hidden));
      TokenUsage usage =
          new TokenUsage(
              attempts.getLast().turn() * (180L + random.nextInt(60)),
              attempts.stream().mapToInt(attempt -> attempt.completion().tokens()).sum());
      double seconds = usage.completion() * 0.021 + random.nextDouble();
      Outcome outcome =
          new Outcome(
              Optional.of(best),
              Optional.of(hidden),
              new Transcript(attempts),
              List.of(best),
              best.passed() ? Ending.PASSED : Ending.TURNS,
              false,
              usage,
              Duration.ofMillis((long) (seconds * 1000)));
      file.accept(best.passed() ? new Event.Solved(outcome) : new Event.GaveUp(outcome));
      return new TaskResult(
          id,
          level,
          results,
          passedAfterTurn,
          Optional.of(TaskVerdict.of(hidden.verdict())),
          best.passed(),
          true,
          usage.prompt(),
          usage.completion(),
          seconds,
          joules ? OptionalDouble.of(seconds * 187) : OptionalDouble.empty(),
          Optional.empty());
    }

    private void takeTurn(int turn, TranscriptFile file) {
      TurnKind kind = turn == 1 ? TurnKind.FRESH : TurnKind.REPAIR;
      file.accept(new Event.TurnStarted(turn, kind, samples, 0.8));
      if (turn > 1) {
        Attempt repaired = best();
        file.accept(
            new Event.FeedbackGiven(turn, repaired, new Feedback(told(repaired)), 0, samples));
      }
      for (int candidate = 0; candidate < samples; candidate++) {
        Attempt attempt = attempt(turn, candidate, kind);
        attempts.add(attempt);
        file.accept(new Event.AttemptCompleted(attempt));
        results.add(
            new SampleResult(
                turn,
                candidate,
                attempt.program(),
                Optional.of(TaskVerdict.of(attempt.report().verdict())),
                Optional.of(TaskVerdict.of(problem.hiddenVerdict(attempt.program()))),
                attempt.completion().tokens()));
      }
      passedAfterTurn.add(problem.hiddenVerdict(best().program()).passed());
    }

    private Attempt attempt(int turn, int candidate, TurnKind kind) {
      boolean right = random.nextDouble() < skill * (turn == 1 ? 1 : 0.7);
      String program = right ? problem.right() : wrong().program();
      return new Attempt(
          turn,
          candidate,
          kind,
          new Completion(
              "```python\n" + program + "```",
              Completion.Finish.END,
              180,
              program.length() / 4,
              -9),
          program,
          report(problem.visibleVerdict(program)),
          attempts.stream()
              .filter(attempt -> attempt.turn() < turn && attempt.program().equals(program))
              .mapToInt(Attempt::turn)
              .findFirst(),
          Duration.ofMillis(2_100));
    }

    /** Few wrong programs pass the visible tests. */
    private SampleProblem.Wrong wrong() {
      SampleProblem.Wrong wrong = problem.wrong().get(random.nextInt(problem.wrong().size()));
      return wrong.verdict().equals("false-positive") && random.nextDouble() < 0.85
          ? wrong()
          : wrong;
    }

    private Attempt best() {
      return attempts.stream()
          .max(
              Comparator.comparing(Attempt::passed)
                  .thenComparingInt(Attempt::testsPassed)
                  .thenComparingInt(attempt -> -attempt.turn())
                  .thenComparingInt(attempt -> -attempt.candidate()))
          .orElseThrow();
    }

    private String told(Attempt attempt) {
      return switch (attempt.report().verdict()) {
        case Verdict.Failed failed ->
            "The test `%s` failed.\n`%s` gave `%s`, but it must give `%s`."
                .formatted(
                    failed.test().source(),
                    failed.comparison().orElseThrow().expression(),
                    failed.comparison().orElseThrow().actual(),
                    failed.comparison().orElseThrow().expected());
        case Verdict.Crashed crashed ->
            "The test `%s` raised %s: %s, in line %d."
                .formatted(
                    crashed.test().orElseThrow().source(),
                    crashed.type(),
                    crashed.message(),
                    crashed.line().orElseThrow());
        case Verdict.Malformed malformed ->
            "The program is not valid Python: %s, in line %d."
                .formatted(malformed.message(), malformed.line());
        default ->
            "The program did not end within 10 seconds. There is an endless loop, or it is too slow.";
      };
    }
  }

  private static Report report(Verdict verdict) {
    return new Report(verdict, "", "", Duration.ofMillis(41));
  }
}
