package dev.mallard.generator.transcript;

import dev.mallard.generator.loop.Attempt;
import dev.mallard.generator.loop.Ending;
import dev.mallard.generator.loop.Event;
import dev.mallard.generator.loop.Feedback;
import dev.mallard.generator.loop.GrammarMode;
import dev.mallard.generator.loop.LoopSettings;
import dev.mallard.generator.loop.Outcome;
import dev.mallard.generator.loop.Purpose;
import dev.mallard.generator.loop.SpendingLimit;
import dev.mallard.generator.loop.TokenUsage;
import dev.mallard.generator.loop.Transcript;
import dev.mallard.generator.loop.TurnKind;
import dev.mallard.generator.model.Completion;
import dev.mallard.generator.model.FencedProgram;
import dev.mallard.generator.model.GenerationRequest;
import dev.mallard.generator.model.Message;
import dev.mallard.generator.model.Sampling;
import dev.mallard.generator.problem.Language;
import dev.mallard.generator.problem.Problem;
import dev.mallard.sandbox.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;

/** Searches that never were, with everything in them that there can be. */
final class RandomEvents {
  private final Random random;
  private final RandomReports values;
  private final List<Attempt> told = new ArrayList<>();

  RandomEvents(long seed) {
    this.random = new Random(seed);
    this.values = new RandomReports(random);
  }

  /** A start, anything in any order, and perhaps an end. */
  List<Event> search() {
    List<Event> events = new ArrayList<>();
    events.add(started());
    int number = random.nextInt(12);
    for (int i = 0; i < number; i++) {
      events.add(event());
    }
    switch (random.nextInt(4)) {
      case 0 -> events.add(new Event.Solved(outcome()));
      case 1 -> events.add(new Event.GaveUp(outcome()));
      case 2 -> events.add(new Event.Cancelled());
      default -> {}
    }
    return events;
  }

  private Event event() {
    return switch (random.nextInt(7)) {
      case 0 ->
          new Event.TurnStarted(number(), of(TurnKind.values()), number(), random.nextDouble());
      case 1 -> new Event.Asked(number(), of(Purpose.values()), request());
      case 2 ->
          new Event.Answered(
              number(), of(Purpose.values()), values.list(this::completion), values.duration());
      case 3 ->
          new Event.FeedbackGiven(
              number(), knownAttempt(), new Feedback(values.text()), number(), number());
      case 4 -> {
        Attempt attempt = attempt();
        told.add(attempt);
        yield new Event.AttemptCompleted(attempt);
      }
      case 5 -> new Event.TestsProposed(values.list(values::text), values.list(values::text));
      default -> new Event.HiddenTestsRun(values.report());
    };
  }

  private Event.Started started() {
    return new Event.Started(
        new Problem(
            "a title " + random.nextInt(),
            values.text(),
            values.optional(values::text),
            Language.PYTHON,
            values.suite(),
            values.suite()),
        values.text(),
        values.text(),
        settings());
  }

  private LoopSettings settings() {
    SpendingLimit spending = SpendingLimit.NONE;
    if (random.nextBoolean()) {
      spending = spending.withTokens(1 + random.nextInt(1000));
    }
    if (random.nextBoolean()) {
      spending = spending.withTime(Duration.ofMillis(1 + random.nextInt(1_000_000_000)));
    }
    return new LoopSettings(
        1 + number(),
        1 + number(),
        1 + number(),
        1 + number(),
        random.nextDouble() * 2,
        random.nextLong(),
        new Limits(Duration.ofNanos(1 + random.nextInt(1_000_000)), 64 + number(), number()),
        of(GrammarMode.values()),
        1 + number(),
        spending,
        random.nextBoolean());
  }

  private GenerationRequest request() {
    GenerationRequest request =
        new GenerationRequest(
            values.list(() -> new Message(of(Message.Role.values()), values.text())),
            1 + number(),
            1 + number(),
            new Sampling(random.nextDouble(), number(), 1 - random.nextDouble(), 0.25),
            random.nextLong(),
            values.list(() -> values.text() + "."));
    return random.nextBoolean()
        ? request
        : request.in(new FencedProgram("python", Language.PYTHON.grammar().orElseThrow()));
  }

  private Completion completion() {
    return new Completion(
        values.text(),
        of(Completion.Finish.values()),
        number(),
        number(),
        random.nextInt(3) == 0 ? Double.NaN : -random.nextDouble() * 1000);
  }

  private Attempt attempt() {
    return new Attempt(
        random.nextInt(3),
        random.nextInt(3),
        of(TurnKind.values()),
        completion(),
        values.text(),
        values.report(),
        random.nextBoolean() ? OptionalInt.of(number()) : OptionalInt.empty(),
        values.duration());
  }

  /** One that was told, or was told of otherwise since, or never. */
  private Attempt knownAttempt() {
    return told.isEmpty() || random.nextInt(3) == 0
        ? attempt()
        : told.get(random.nextInt(told.size()));
  }

  private Outcome outcome() {
    return new Outcome(
        values.optional(this::knownAttempt),
        values.optional(values::report),
        new Transcript(random.nextBoolean() ? told : values.list(this::attempt)),
        values.list(this::knownAttempt),
        of(Ending.values()),
        random.nextBoolean(),
        new TokenUsage(random.nextInt(1000), Integer.MAX_VALUE + (long) number()),
        values.duration());
  }

  private int number() {
    return random.nextInt(1000);
  }

  private <T> T of(T[] all) {
    return all[random.nextInt(all.length)];
  }
}
