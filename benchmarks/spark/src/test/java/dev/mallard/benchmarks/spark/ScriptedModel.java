package dev.mallard.benchmarks.spark;

import dev.mallard.generator.model.Completion;
import dev.mallard.generator.model.GenerationListener;
import dev.mallard.generator.model.GenerationRequest;
import dev.mallard.generator.model.LanguageModel;
import dev.mallard.generator.model.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Adds a number to another, or subtracts it: what it answers depends on the request alone, and is
 * right in a fifth of the cases.
 */
final class ScriptedModel implements LanguageModel {
  private static final Pattern NUMBER = Pattern.compile("the number (\\d+)");

  private final String weightsHash;
  private final int delayMillis;

  ScriptedModel(String weightsHash, int delayMillis) {
    this.weightsHash = weightsHash;
    this.delayMillis = delayMillis;
  }

  @Override
  public String description() {
    return "a script";
  }

  @Override
  public String weightsHash() {
    return weightsHash;
  }

  @Override
  public int contextLength() {
    return 4096;
  }

  @Override
  public int countTokens(List<Message> conversation) {
    return conversation.stream().mapToInt(message -> message.content().length() / 4 + 4).sum();
  }

  @Override
  public List<Completion> generate(GenerationRequest request, GenerationListener listener)
      throws InterruptedException {
    Thread.sleep(delayMillis);
    String number = "0";
    for (Message message : request.conversation()) {
      Matcher matcher = NUMBER.matcher(message.content());
      while (matcher.find()) {
        number = matcher.group(1);
      }
    }
    List<Completion> completions = new ArrayList<>();
    for (int candidate = 0; candidate < request.candidates(); candidate++) {
      int hash = (request.conversation() + " " + request.seed() + " " + candidate).hashCode();
      String answer =
          "```python\ndef f(x):\n    return x %s %s\n```"
              .formatted(Math.floorMod(hash, 5) == 0 ? "+" : "-", number);
      listener.onText(candidate, answer);
      completions.add(
          new Completion(
              answer,
              Completion.Finish.END,
              countTokens(request.conversation()),
              answer.length() / 4,
              -1));
    }
    return completions;
  }

  @Override
  public void close() {}
}
