package dev.mallard.generator.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.generator.feedback.FeedbackKind;
import dev.mallard.generator.problem.Language;
import dev.mallard.generator.problem.Problem;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.TestSuite;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What a search may spend, it does not exceed. */
class BudgetTest {
  private static final Problem PROBLEM =
      new Problem(
          "Add two numbers",
          "",
          Optional.of("def add(a, b):"),
          Language.PYTHON,
          TestSuite.asserts("assert add(1, 2) == 3\n"),
          TestSuite.EMPTY);

  /** No answer of it passes, and each says something else at length. */
  private static final List<String> WRONG =
      List.of(
          "```python\ndef add(a, b):\n    return a\n```",
          "```python\ndef add(a, b):\n    x = 1\n    y = 2\n    return x + y + b\n```",
          "No code at all, but many words, and even more of them, and no end in sight.",
          "```python\ndef add(a, b):\n    return " + "b + ".repeat(200) + "a\n```");

  @Property(tries = 200)
  void tokensHoldToTheToken(
      @ForAll @IntRange(min = 1, max = 6000) int tokens,
      @ForAll @IntRange(min = 1, max = 6) int samples,
      @ForAll @IntRange(min = 1, max = 3) int repairs)
      throws Exception {
    ScriptedLanguageModel model = new ScriptedLanguageModel(4096, numbered(WRONG));
    List<Event> events = new ArrayList<>();

    Outcome outcome =
        debugger(model)
            .solve(
                PROBLEM,
                settings(samples, 20)
                    .withRepairs(repairs)
                    .withSpending(SpendingLimit.NONE.withTokens(tokens)),
                events::add);

    assertThat(outcome.usage().total()).isLessThanOrEqualTo(tokens);
    long told =
        events.stream()
            .mapToLong(event ->
                event instanceof Event.Answered answered
                    ? answered.completions().getFirst().promptTokens()
                        + answered.completions().stream().mapToLong(c -> c.tokens()).sum()
                    : 0)
            .sum();
    assertThat(told).isEqualTo(outcome.usage().total());
    assertThat(outcome.ending()).isIn(Ending.TOKENS, Ending.TURNS);
  }

  /** Programs that differ, so that the search does not end since the model repeats itself. */
  private static List<String> numbered(List<String> answers) {
    return IntStream.range(0, 200)
        .mapToObj(i -> answers.get(i % answers.size()).replace("def ", "# " + i + "\ndef "))
        .toList();
  }

  @Test
  void searchesThatShareABudgetSpendNoMoreTogether() throws Exception {
    Budget shared = new Budget(SpendingLimit.NONE.withTokens(3000), () -> Instant.EPOCH);
    long spent = 0;
    for (int i = 0; i < 4; i++) {
      spent +=
          debugger(new ScriptedLanguageModel(4096, WRONG))
              .solve(PROBLEM, settings(2, 6), shared, event -> {})
              .usage()
              .total();
    }

    assertThat(spent).isLessThanOrEqualTo(3000).isGreaterThan(2000);
    assertThat(shared.tokensLeft()).isEqualTo(3000 - spent);
  }

  @Test
  void endsWhenTheTimeIsUp() throws Exception {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    ScriptedLanguageModel model = new ScriptedLanguageModel(4096, WRONG);

    Outcome outcome =
        new SelfDebugger(
                model,
                new ScriptedSandbox(Map.of()),
                FeedbackKind.UNIT_TEST.strategy(),
                () -> now.getAndUpdate(time -> time.plusMillis(100)))
            .solve(
                PROBLEM,
                settings(1, 1000).withSpending(SpendingLimit.NONE.withTime(Duration.ofSeconds(3))),
                event -> {});

    assertThat(outcome.ending()).isEqualTo(Ending.TIME);
    assertThat(model.requests()).hasSizeLessThan(30);
  }

  @Test
  void refusesLimitsThatAllowNothing() {
    assertThatThrownBy(() -> SpendingLimit.NONE.withTokens(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SpendingLimit.NONE.withTime(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static SelfDebugger debugger(ScriptedLanguageModel model) {
    return new SelfDebugger(
        model,
        new ScriptedSandbox(Map.of()),
        FeedbackKind.combined(Arrays.asList(FeedbackKind.UNIT_TEST, FeedbackKind.EXPLAIN)),
        () -> Instant.EPOCH);
  }

  private static LoopSettings settings(int samples, int turns) {
    return new LoopSettings(samples, turns, 256, 0.8, 0, Limits.DEFAULT);
  }
}
