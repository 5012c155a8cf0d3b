package dev.mallard.generator.loop;

import dev.mallard.generator.model.Completion;
import dev.mallard.generator.model.GenerationListener;
import dev.mallard.generator.model.GenerationRequest;
import dev.mallard.generator.model.LanguageModel;
import dev.mallard.generator.model.Message;
import java.util.ArrayList;
import java.util.List;

/**
 * A language model that answers from a script, one line of it for each candidate, and remembers
 * what it was asked. A token is four characters, and there is one more at the end.
 */
final class ScriptedLanguageModel implements LanguageModel {
  private final List<String> answers;
  private final int contextLength;
  private final List<GenerationRequest> requests = new ArrayList<>();
  private int next;

  ScriptedLanguageModel(int contextLength, List<String> answers) {
    this.contextLength = contextLength;
    this.answers = List.copyOf(answers);
  }

  static ScriptedLanguageModel answering(String... answers) {
    return new ScriptedLanguageModel(4096, List.of(answers));
  }

  List<GenerationRequest> requests() {
    return requests;
  }

  /** The user's message of a turn, from 1. */
  String prompt(int turn) {
    return requests.get(turn - 1).conversation().getLast().content();
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
  public List<Completion> generate(GenerationRequest request, GenerationListener listener)
      throws InterruptedException {
    requests.add(request);
    List<Completion> completions = new ArrayList<>();
    for (int candidate = 0; candidate < request.candidates(); candidate++) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      String answer = answers.get(next++ % answers.size());
      StringBuilder written = new StringBuilder();
      boolean cancelled = false;
      boolean complete = false;
      int longest = (request.maxTokens() - 1) * 4;
      for (int i = 0; i < Math.min(longest, answer.length()) && !cancelled && !complete; i += 4) {
        String piece = answer.substring(i, Math.min(answer.length(), i + 4));
        written.append(piece);
        listener.onText(candidate, piece);
        complete = piece.matches("(?s).*[\\n`~].*") && listener.isComplete(written.toString());
        cancelled = listener.cancelled();
      }
      completions.add(
          new Completion(
              written.toString(),
              finish(cancelled, complete, written.length() < answer.length()),
              countTokens(request.conversation()),
              written.length() / 4 + 1,
              -1));
    }
    return completions;
  }

  private static Completion.Finish finish(boolean cancelled, boolean complete, boolean cut) {
    if (complete) {
      return Completion.Finish.STOP;
    }
    if (cancelled) {
      return Completion.Finish.CANCELLED;
    }
    return cut ? Completion.Finish.LENGTH : Completion.Finish.END;
  }

  @Override
  public void close() {}
}
