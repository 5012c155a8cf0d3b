package dev.mallard.generator.comparison;

import dev.mallard.generator.model.Message;
import java.util.List;

/**
 * A system message and a user's request, for engines that take messages and those that take text.
 */
public record ChatPrompt(String system, String request) {

  public List<Message> messages() {
    return List.of(Message.system(system), Message.user(request));
  }

  /** As TinyLlama's chat template writes it. */
  public String text() {
    return "<|system|>\n%s</s>\n<|user|>\n%s</s>\n<|assistant|>\n".formatted(system, request);
  }
}
