package dev.mallard.generator.tokenizer;

import dev.mallard.generator.checkpoint.GgufBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Small vocabularies of both kinds, as GGUF files have them. */
final class Vocabularies {
  static final String ZEPHYR =
      """
      {% for message in messages %}
      {% if message['role'] == 'user' %}
      {{ '<|user|>\n' + message['content'] + eos_token }}
      {% elif message['role'] == 'system' %}
      {{ '<|system|>\n' + message['content'] + eos_token }}
      {% elif message['role'] == 'assistant' %}
      {{ '<|assistant|>\n'  + message['content'] + eos_token }}
      {% endif %}
      {% if loop.last and add_generation_prompt %}
      {{ '<|assistant|>' }}
      {% endif %}
      {% endfor %}\
      """;

  private static final int NORMAL = 1;
  private static final int UNKNOWN = 2;
  private static final int CONTROL = 3;
  private static final int BYTE = 6;

  private Vocabularies() {}

  /** Bytes, letters, and the words {@code the} and {@code def}; ids 0 to 2 are markup. */
  static GgufBuilder sentencePiece() {
    List<String> tokens = new ArrayList<>(List.of("<unk>", "<s>", "</s>"));
    List<Integer> types = new ArrayList<>(List.of(UNKNOWN, CONTROL, CONTROL));
    for (int value = 0; value < 256; value++) {
      tokens.add("<0x%02X>".formatted(value));
      types.add(BYTE);
    }
    List<String> pieces =
        new ArrayList<>(List.of("\u2581\u2581", "de", "def", "\u2581def", "th", "the", "s>", "</"));
    for (char letter = ' ' + 1; letter <= '~'; letter++) {
      pieces.add(String.valueOf(letter));
    }
    pieces.addAll(List.of("\u2581", "é"));
    List<Float> scores = new ArrayList<>();
    tokens.forEach(token -> scores.add(0f));
    for (String piece : pieces) {
      tokens.add(piece);
      types.add(NORMAL);
      scores.add((float) -scores.size());
    }
    return new GgufBuilder()
        .set("tokenizer.ggml.model", "llama")
        .set("tokenizer.ggml.tokens", tokens)
        .set("tokenizer.ggml.scores", scores)
        .set("tokenizer.ggml.token_type", types)
        .set("tokenizer.ggml.unknown_token_id", 0)
        .set("tokenizer.ggml.bos_token_id", 1)
        .set("tokenizer.ggml.eos_token_id", 2)
        .set("tokenizer.chat_template", ZEPHYR);
  }

  /** Bytes, {@code th}, {@code the} and {@code Ġthe}, then ChatML's markup. */
  static GgufBuilder byteLevel() {
    List<String> tokens = new ArrayList<>();
    List<Integer> types = new ArrayList<>();
    TokenSpelling.byteLevelAlphabet().chars().forEach(c -> tokens.add(String.valueOf((char) c)));
    tokens.addAll(List.of("th", "the", "\u0120the"));
    tokens.forEach(token -> types.add(NORMAL));
    tokens.addAll(List.of("<|im_start|>", "<|im_end|>"));
    types.addAll(List.of(CONTROL, CONTROL));
    return new GgufBuilder()
        .set("tokenizer.ggml.model", "gpt2")
        .set("tokenizer.ggml.pre", "qwen2")
        .set("tokenizer.ggml.tokens", tokens)
        .set("tokenizer.ggml.token_type", types)
        .set("tokenizer.ggml.merges", List.of("t h", "th e", "\u0120 the"))
        .set("tokenizer.ggml.eos_token_id", 260);
  }

  static ChatTokenizer open(GgufBuilder builder) {
    try {
      Path file = Files.createTempFile("vocabulary", ".gguf");
      try {
        Files.write(file, builder.build());
        return Tokenizers.open(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
