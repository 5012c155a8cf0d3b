package dev.mallard.generator.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.generator.model.Message;
import dev.mallard.generator.problem.Language;
import dev.mallard.generator.problem.Problem;
import dev.mallard.grammars.BuiltInGrammar;
import dev.mallard.sandbox.TestSuite;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The grammar in prompts. */
class PromptWriterTest {
  private static final String ONE_TEST = "assert add(1, 2) == 3\n";
  private static final int ANSWER = 256;

  @Test
  void theGrammarComesFirstAndIsTheSameInEveryPrompt() {
    PromptWriter writer = writer(32_768, 2500, problem(ONE_TEST));

    Prompt fresh = writer.fresh();
    Prompt repair = writer.repair("def add(): pass", new Feedback("It is wrong.")).orElseThrow();

    assertThat(fresh.conversation()).hasSize(4);
    assertThat(system(fresh))
        .startsWith(
            "You are a helpful assistant.\n\nPrograms in Python follow this grammar:\n\n```ebnf\n")
        .contains("\nstart: (NEWLINE | statement)*\n")
        .endsWith("\n```")
        .isEqualTo(system(repair))
        .isEqualTo(system(writer(32_768, 2500, problem("assert add(2, 2) == 4\n")).fresh()));
    assertThat(user(fresh)).doesNotContain("start:").contains(ONE_TEST);
  }

  @Test
  void withoutItNothingIsSaidOfAGrammar() {
    ScriptedLanguageModel model = model(32_768);

    Prompt prompt =
        new PromptWriter(model, problem(ONE_TEST), ANSWER, Optional.empty(), Demonstrations.NONE)
            .fresh();

    assertThat(system(prompt)).isEqualTo("You are a helpful assistant.");
  }

  @ParameterizedTest
  @ValueSource(ints = {900, 2000, 4096, 8192, 32_768})
  void itTakesNoMoreThanAThirdOfTheContextAndNoMoreThanItMay(int context) {
    Prompt prompt = writer(context, 2500, problem(ONE_TEST)).fresh();

    int tokens = grammarTokens(context, prompt);
    assertThat(tokens).isLessThanOrEqualTo(Math.min(2500, context / 3));
    assertThat(tokens).isGreaterThan(Math.min(2500, context / 3) / 2);
  }

  @Test
  void itIsShortenedBeforeTestsAre() {
    // 3,900 characters of tests are 975 tokens.
    Problem problem = problem("assert add(1, 2) == 3 \n".repeat(169));
    int context = 1900;

    Prompt prompt = writer(context, 2500, problem).fresh();

    assertThat(user(prompt).split("assert", -1)).hasSize(170);
    assertThat(grammarTokens(context, prompt)).isBetween(context / 12, context / 3 - 50);
    assertThat(model(context).countTokens(prompt.conversation()) + ANSWER)
        .isLessThanOrEqualTo(context);
  }

  @Test
  void itIsLeftOutWhereThereIsNoRoom() {
    Prompt prompt = writer(1350, 2500, problem("assert add(1, 2) == 3 \n".repeat(169))).fresh();

    assertThat(system(prompt)).isEqualTo("You are a helpful assistant.");
    assertThat(user(prompt).split("assert", -1)).hasSize(170);
  }

  private static PromptWriter writer(int context, int tokens, Problem problem) {
    ScriptedLanguageModel model = model(context);
    return new PromptWriter(
        model,
        problem,
        ANSWER,
        Optional.of(
            new LanguageGrammar(model, problem.language(), BuiltInGrammar.PYTHON.source(), tokens)),
        Demonstrations.NONE);
  }

  private static ScriptedLanguageModel model(int context) {
    return new ScriptedLanguageModel(context, List.of("x"));
  }

  /** How much longer the prompt is than one without a grammar. */
  private static int grammarTokens(int context, Prompt prompt) {
    ScriptedLanguageModel model = model(context);
    return model.countTokens(List.of(prompt.conversation().getFirst()))
        - model.countTokens(List.of(Message.system("You are a helpful assistant.")));
  }

  private static String system(Prompt prompt) {
    return prompt.conversation().getFirst().content();
  }

  private static String user(Prompt prompt) {
    return prompt.conversation().getLast().content();
  }

  private static Problem problem(String tests) {
    return new Problem(
        "Add two numbers",
        "Return the sum.",
        Optional.of("def add(a, b):"),
        Language.PYTHON,
        TestSuite.asserts(tests),
        TestSuite.EMPTY);
  }
}
