package dev.mallard.benchmarks.evaluation;

import dev.mallard.generator.model.Completion;
import dev.mallard.generator.model.GenerationListener;
import dev.mallard.generator.model.GenerationRequest;
import dev.mallard.generator.model.LanguageModel;
import dev.mallard.generator.model.Message;
import java.util.ArrayList;
import java.util.List;

/** A model that writes one text after the other. */
class ScriptedModel implements LanguageModel {
  private final List<String> answers;
  private int next;

  ScriptedModel(String... answers) {
    this.answers = List.of(answers);
  }

  @Override
  public String description() {
    return "a script";
  }

  @Override
  public int contextLength() {
    return 4096;
  }

  @Override
  public int countTokens(List<Message> conversation) {
    return 100;
  }

  @Override
  public synchronized List<Completion> generate(
      GenerationRequest request, GenerationListener listener) {
    List<Completion> completions = new ArrayList<>();
    for (int i = 0; i < request.candidates(); i++) {
      String text = answers.get(next++ % answers.size());
      completions.add(new Completion(text, Completion.Finish.END, 100, 10, -1));
    }
    return completions;
  }

  @Override
  public void close() {}
}
