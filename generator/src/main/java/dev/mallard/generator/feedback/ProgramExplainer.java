package dev.mallard.generator.feedback;

import dev.mallard.generator.UserException;
import dev.mallard.generator.model.GenerationListener;
import dev.mallard.generator.model.GenerationRequest;
import dev.mallard.generator.model.LanguageModel;
import dev.mallard.generator.model.Message;
import dev.mallard.generator.model.Sampling;
import dev.mallard.generator.prompt.PromptTemplate;
import dev.mallard.generator.prompt.Quoted;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Has a model explain programs to people. */
public final class ProgramExplainer {
  private static final int SHORTEST_ANSWER = 64;

  private final LanguageModel model;

  public ProgramExplainer(LanguageModel model) {
    this.model = model;
  }

  /**
   * Explains a program, greedily.
   *
   * @param name of its file
   * @param maxTokens longest explanation
   * @param text the explanation, as it comes
   * @throws UserException if the program is too long for the model
   */
  public void explain(String name, String program, int maxTokens, Consumer<String> text)
      throws InterruptedException {
    String label = name.substring(name.lastIndexOf('.') + 1);
    String question =
        PromptTemplate.load(ProgramExplainer.class, "describe.md")
            .fill(
                Map.of(
                    "name", Quoted.inline(name, 100),
                    "program",
                        Quoted.fenced(label.matches("\\w{1,12}") ? label : "text", program)));
    List<Message> conversation = List.of(Message.user(question));
    int room = model.contextLength() - model.countTokens(conversation);
    if (room < Math.min(maxTokens, SHORTEST_ANSWER)) {
      throw new UserException(
          "The program is too long for this model, which reads at most %d tokens: explain a part of it, or use a model with a longer context."
              .formatted(model.contextLength()));
    }
    GenerationListener listener = (candidate, piece) -> text.accept(piece);
    model.generate(
        new GenerationRequest(
            conversation, 1, Math.min(room, maxTokens), Sampling.GREEDY, 0, List.of()),
        listener);
  }
}
