package dev.mallard.generator.loop;

import dev.mallard.generator.model.Completion;
import dev.mallard.generator.model.GenerationListener;
import dev.mallard.generator.model.GenerationRequest;
import dev.mallard.generator.model.LanguageModel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * All that one search asks of a model: paid from its budget, counted, and told of. May be used by
 * several threads.
 */
final class ModelSession {
  /** A shorter answer than this is of no use, in tokens. */
  private static final int SHORTEST_ANSWER = 16;

  private final LanguageModel model;
  private final Budget budget;
  private final InstantSource clock;
  private final Consumer<Event> events;
  private TokenUsage usage = TokenUsage.NONE;

  /** What a request has brought, and how long that took. */
  record Answers(List<Completion> completions, Duration elapsed) {}

  ModelSession(LanguageModel model, Budget budget, InstantSource clock, Consumer<Event> events) {
    this.model = model;
    this.budget = budget;
    this.clock = clock;
    this.events = events;
  }

  /** A request that is paid for, as long as the budget allows any answer of use. */
  final class Pending {
    private final int turn;
    private final Purpose purpose;
    private final GenerationRequest request;
    private final int prompt;
    private final OptionalInt longest;

    private Pending(int turn, Purpose purpose, GenerationRequest request) {
      this.turn = turn;
      this.purpose = purpose;
      this.prompt = model.countTokens(request.conversation());
      this.longest =
          budget.reserve(prompt, request.candidates(), request.maxTokens(), SHORTEST_ANSWER);
      this.request = longest.isPresent() ? request.withMaxTokens(longest.getAsInt()) : request;
    }

    /** Has the model answer, once; empty if the budget does not allow an answer of any use. */
    Optional<Answers> answer(GenerationListener listener) throws InterruptedException {
      if (longest.isEmpty()) {
        return Optional.empty();
      }
      long reserved = prompt + (long) longest.getAsInt() * request.candidates();
      // What an exception cuts off counts as spent.
      long spent = reserved;
      try {
        events.accept(new Event.Asked(turn, purpose, request));
        Instant start = clock.instant();
        List<Completion> completions = model.generate(request, inTime(listener));
        Duration elapsed = Duration.between(start, clock.instant());
        TokenUsage used = usage(completions, prompt);
        spent = used.total();
        add(used);
        events.accept(new Event.Answered(turn, purpose, completions, elapsed));
        return Optional.of(new Answers(completions, elapsed));
      } finally {
        budget.giveBack(reserved - spent);
      }
    }
  }

  /**
   * Sets aside what a request may take, for a shorter answer if there is no room for the longest.
   */
  Pending prepare(int turn, Purpose purpose, GenerationRequest request) {
    return new Pending(turn, purpose, request);
  }

  private GenerationListener inTime(GenerationListener listener) {
    return new GenerationListener() {
      @Override
      public void onText(int candidate, String text) {
        listener.onText(candidate, text);
      }

      @Override
      public boolean isComplete(String text) {
        return listener.isComplete(text);
      }

      @Override
      public boolean cancelled() {
        return listener.cancelled() || budget.isLate();
      }
    };
  }

  private static TokenUsage usage(List<Completion> completions, int prompt) {
    // What a server has counted is better than what was estimated.
    int counted = completions.stream().mapToInt(Completion::promptTokens).max().orElse(0);
    return new TokenUsage(
        counted > 0 ? counted : prompt, completions.stream().mapToLong(Completion::tokens).sum());
  }

  private synchronized void add(TokenUsage used) {
    usage = usage.plus(used);
  }

  synchronized TokenUsage usage() {
    return usage;
  }

  /** Whether the time is up. */
  boolean isLate() {
    return budget.isLate();
  }

  LanguageModel model() {
    return model;
  }
}
