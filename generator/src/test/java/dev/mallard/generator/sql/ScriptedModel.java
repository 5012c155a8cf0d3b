package dev.mallard.generator.sql;

import dev.mallard.generator.model.Completion;
import dev.mallard.generator.model.GenerationListener;
import dev.mallard.generator.model.GenerationRequest;
import dev.mallard.generator.model.LanguageModel;
import dev.mallard.generator.model.Message;
import java.util.ArrayList;
import java.util.List;

/**
 * A language model that answers from a script and remembers what it was asked. A token is four
 * characters.
 */
final class ScriptedModel implements LanguageModel {
  /**
   * An answer.
   *
   * @param score mean of its tokens' log-probabilities
   */
  record Line(String text, double score) {}

  private final List<Line> lines;
  private final int contextLength;
  private final List<GenerationRequest> requests = new ArrayList<>();
  private int next;

  ScriptedModel(int contextLength, List<Line> lines) {
    this.contextLength = contextLength;
    this.lines = List.copyOf(lines);
  }

  /** A query in a fenced block. */
  static Line query(String query, double score) {
    return new Line("```sql\n" + query + "\n```", score);
  }

  static Line says(String text) {
    return new Line(text, -1);
  }

  List<GenerationRequest> requests() {
    return requests;
  }

  /** The user's message of a request, from 1. */
  String prompt(int request) {
    return requests.get(request - 1).conversation().getLast().content();
  }

  @Override
  public String description() {
    return "a script";
  }

  @Override
  public int contextLength() {
    return contextLength;
  }

  @Override
  public int countTokens(List<Message> conversation) {
    return conversation.stream().mapToInt(message -> message.content().length() / 4 + 4).sum();
  }

  @Override
  public List<Completion> generate(GenerationRequest request, GenerationListener listener) {
    requests.add(request);
    List<Completion> completions = new ArrayList<>();
    for (int candidate = 0; candidate < request.candidates(); candidate++) {
      Line line = lines.get(next++);
      listener.onText(candidate, line.text());
      int tokens = line.text().length() / 4 + 1;
      completions.add(
          new Completion(
              line.text(),
              Completion.Finish.END,
              countTokens(request.conversation()),
              tokens,
              line.score() * tokens));
    }
    return completions;
  }

  @Override
  public void close() {}
}
