package dev.mallard.generator.remote;

import dev.mallard.generator.model.Message;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Estimates lengths in tokens, where only the server has the tokenizer. */
final class TokenEstimate {
  /** Code and English have 3 to 4 bytes in a token of today's vocabularies. */
  private static final int BYTES_PER_TOKEN = 3;

  /** What chat templates put around a message. */
  private static final int AROUND_MESSAGE = 8;

  private TokenEstimate() {}

  static int of(String text) {
    return Math.ceilDiv(text.getBytes(StandardCharsets.UTF_8).length, BYTES_PER_TOKEN);
  }

  static int of(List<Message> conversation) {
    return conversation.stream().mapToInt(message -> AROUND_MESSAGE + of(message.content())).sum();
  }
}
