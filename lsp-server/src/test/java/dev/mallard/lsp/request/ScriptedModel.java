package dev.mallard.lsp.request;

import dev.mallard.generator.model.Completion;
import dev.mallard.generator.model.GenerationListener;
import dev.mallard.generator.model.GenerationRequest;
import dev.mallard.generator.model.LanguageModel;
import dev.mallard.generator.model.Message;
import dev.mallard.lsp.work.ModelSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * A language model that answers from a script, one answer for each candidate, the last one again
 * and again, and remembers what it was asked. It may be held, so that it is still writing.
 */
final class ScriptedModel implements LanguageModel {
  private final List<String> answers;
  private final Semaphore held;
  private final List<String> questions = Collections.synchronizedList(new ArrayList<>());
  private int next;

  private ScriptedModel(List<String> answers, Semaphore held) {
    this.answers = List.copyOf(answers);
    this.held = held;
  }

  static ScriptedModel answering(String... answers) {
    return new ScriptedModel(List.of(answers), new Semaphore(1 << 30));
  }

  /** One that answers only as often as it is let. */
  static ScriptedModel held(String... answers) {
    return new ScriptedModel(List.of(answers), new Semaphore(0));
  }

  /** The source whose only model it is. */
  static ModelSource source(LanguageModel model) {
    return new ModelSource() {
      @Override
      public LanguageModel open(Wish wish, Consumer<String> progress) {
        return model;
      }

      @Override
      public boolean canBeHeld(Wish wish) {
        return true;
      }
    };
  }

  void answer() {
    held.release();
  }

  /** The last message of each conversation. */
  List<String> questions() {
    return List.copyOf(questions);
  }

  @Override
  public String description() {
    return "a script";
  }

  @Override
  public int contextLength() {
    return 8192;
  }

  @Override
  public int countTokens(List<Message> conversation) {
    return conversation.stream().mapToInt(message -> message.content().length() / 4).sum();
  }

  @Override
  public List<Completion> generate(GenerationRequest request, GenerationListener listener)
      throws InterruptedException {
    questions.add(request.conversation().getLast().content());
    held.acquire();
    List<Completion> completions = new ArrayList<>();
    for (int candidate = 0; candidate < request.candidates(); candidate++) {
      String answer;
      synchronized (this) {
        answer = answers.get(Math.min(next++, answers.size() - 1));
      }
      listener.onText(candidate, answer);
      completions.add(
          new Completion(answer, Completion.Finish.END, 100, answer.length() / 4 + 1, -1));
    }
    return completions;
  }

  @Override
  public void close() {}
}
