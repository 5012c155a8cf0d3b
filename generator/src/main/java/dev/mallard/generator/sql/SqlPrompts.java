package dev.mallard.generator.sql;

import dev.mallard.generator.UserException;
import dev.mallard.generator.model.LanguageModel;
import dev.mallard.generator.model.Message;
import dev.mallard.generator.problem.Language;
import dev.mallard.generator.prompt.PromptTemplate;
import dev.mallard.generator.prompt.Quoted;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes prompts that fit the model's context. What came from outside (the schema, the question,
 * queries, their rows) stands between fences or tags that it cannot close.
 */
final class SqlPrompts {
  /** Room that an answer needs at least, in tokens. */
  private static final int SHORTEST_ANSWER = 64;

  private static final int LONGEST_ROWS = 1000;
  private static final int LONGEST_FEEDBACK = 1500;

  private final PromptTemplate system = load("system.md");
  private final PromptTemplate fresh = load("question.md");
  private final PromptTemplate repair = load("repair.md");
  private final PromptTemplate explain = load("explain.md");
  private final LanguageModel model;
  private final SqlQuestion question;
  private final int maxTokens;
  private final List<String> schemas;

  /**
   * What the model is asked.
   *
   * @param maxTokens the longest answer that the context has room for, and no longer than wanted
   */
  record Prompt(List<Message> conversation, int maxTokens) {}

  /**
   * Writes the prompts of a question.
   *
   * @param maxTokens longest answer that is wanted, in tokens
   */
  SqlPrompts(LanguageModel model, SqlQuestion question, int maxTokens) {
    this.model = model;
    this.question = question;
    this.maxTokens = maxTokens;
    schemas =
        List.of(
            SqlText.withFewRows(question.schema(), 3, 300),
            SqlText.withFewRows(question.schema(), 1, 120),
            SqlText.withFewRows(question.schema(), 0, 0));
  }

  private static PromptTemplate load(String name) {
    return PromptTemplate.load(SqlPrompts.class, name);
  }

  /**
   * Asks for a query.
   *
   * @throws UserException if the schema and the question alone are too long for the model
   */
  Prompt fresh() {
    return fitting(fresh, Map.of())
        .orElseThrow(() ->
            new UserException(
                "The schema is too long for this model, which reads at most %d tokens: leave out tables that the question is not about, or use a model with a longer context."
                    .formatted(model.contextLength())));
  }

  /** Asks for a better query; empty if that is too long for the model. */
  Optional<Prompt> repair(String query, String feedback) {
    return fitting(
        repair,
        Map.of(
            "query", query(query),
            "feedback", Quoted.tagged("feedback", cut(feedback, LONGEST_FEEDBACK))));
  }

  /** Asks for an explanation; empty if that is too long for the model. */
  Optional<Prompt> explain(String query, String rows) {
    return fitting(
        explain,
        Map.of(
            "query", query(query),
            "rows", Quoted.fenced("text", cut(rows, LONGEST_ROWS))));
  }

  private static String query(String query) {
    return Quoted.fenced(Language.SQL.label(), query);
  }

  private Optional<Prompt> fitting(PromptTemplate template, Map<String, String> values) {
    // First with room for the whole answer that was asked for, then with what there is.
    return fitting(template, values, maxTokens)
        .or(() -> fitting(template, values, Math.min(maxTokens, SHORTEST_ANSWER)));
  }

  private Optional<Prompt> fitting(
      PromptTemplate template, Map<String, String> values, int wantedRoom) {
    for (String schema : schemas) {
      Map<String, String> all = new HashMap<>(values);
      all.put("schema", query(schema));
      all.put("question", Quoted.tagged("question", question.question()));
      List<Message> conversation =
          List.of(Message.system(system.text()), Message.user(template.fill(all)));
      int room = model.contextLength() - model.countTokens(conversation);
      if (room >= wantedRoom) {
        return Optional.of(new Prompt(conversation, Math.min(room, maxTokens)));
      }
    }
    return Optional.empty();
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length) + "...";
  }
}
