package dev.mallard.generator.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mallard.generator.CacheDirectory;
import dev.mallard.generator.UserException;
import dev.mallard.generator.checkpoint.GgufBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TokenizersTest {
  private static final long TINY_LLAMA_BYTES = 322_591_712;

  @TempDir private Path folder;

  @Test
  void sentencePieceJoinsByScore() {
    try (ChatTokenizer chat = Vocabularies.open(Vocabularies.sentencePiece())) {
      Tokenizer tokenizer = chat.tokenizer();
      assertThat(spellings(tokenizer, tokenizer.encodeOrdinary("def the x")))
          .containsExactly("def", " ", "the", " ", "x");
      assertThat(spellings(tokenizer, tokenizer.encode("def</s>def")))
          .containsExactly(" def", "", " def");
    }
  }

  @Test
  void theSpaceBeforeTextIsLeftAwayWhereTheFileSaysSo() {
    GgufBuilder builder =
        Vocabularies.sentencePiece().set("tokenizer.ggml.add_space_prefix", false);
    try (ChatTokenizer chat = Vocabularies.open(builder)) {
      assertThat(spellings(chat.tokenizer(), chat.tokenizer().encode("def</s>def")))
          .containsExactly("def", "", "def");
    }
  }

  @Test
  void byteLevelJoinsByMerges() {
    try (ChatTokenizer chat = Vocabularies.open(Vocabularies.byteLevel())) {
      assertThat(spellings(chat.tokenizer(), chat.tokenizer().encodeOrdinary("the the 12")))
          .containsExactly("the", " the", " ", "1", "2");
    }
  }

  @Test
  void markupIsReadInTemplatesAndSpelledOutInData() {
    try (ChatTokenizer chat = Vocabularies.open(Vocabularies.sentencePiece())) {
      assertThat(chat.tokenizer().encode("</s>")).containsExactly(2);
      assertThat(chat.tokenizer().encodeOrdinary("</s>")).doesNotContain(0, 1, 2);
      assertThat(chat.tokenizer().bytes(2)).isEmpty();
      assertThat(chat.tokenizer().bytes(3 + '\n')).containsExactly('\n');
      assertThat(chat.tokenizer().bytes(1_000_000)).isEmpty();
      assertThat(chat.tokenizer().bytes(-1)).isEmpty();
    }
  }

  /** A vocabulary whose own merges build a special token. */
  @Test
  void noMergeBuildsMarkupOutOfData() throws IOException {
    Files.writeString(
        folder.resolve("tokenizer.json"),
        """
        {"added_tokens": [{"id": 3, "content": "ab", "special": true}],
         "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": false},
         "model": {"type": "BPE", "vocab": {"a": 0, "b": 1, "c": 2, "ab": 3}, "merges": ["a b"]}}
        """);
    try (ChatTokenizer chat = Tokenizers.open(folder)) {
      assertThat(chat.tokenizer().encodeOrdinary("cabc")).containsExactly(2, 0, 1, 2);
      assertThat(chat.tokenizer().encode("cabc")).containsExactly(2, 3, 2);
    }
  }

  @Test
  void anUnknownWayOfCuttingWordsFallsBackOnThatOfGpt2() {
    try (ChatTokenizer chat =
        Vocabularies.open(Vocabularies.byteLevel().set("tokenizer.ggml.pre", "new"))) {
      assertThat(spellings(chat.tokenizer(), chat.tokenizer().encodeOrdinary("the the")))
          .containsExactly("the", " the");
    }
  }

  @Test
  void refusesWhatHoldsNoTokenizer() throws IOException {
    refuses(folder.resolve("missing"), "missing");
    refuses(folder, "no tokenizer.json");
    Files.writeString(folder.resolve("tokenizer.json"), "{\"model\"");
    refuses(folder, "not valid JSON");
    Files.writeString(folder.resolve("tokenizer.json"), "{}");
    refuses(folder, "byte-pair encoding");
    Files.writeString(
        folder.resolve("tokenizer.json"),
        "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 99999999999}, \"merges\": []}}");
    refuses(folder, "proper id");
    Files.writeString(
        folder.resolve("tokenizer.json"),
        "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 0}, \"merges\": [\"x y\"]}}");
    refuses(folder, "malformed");
    Path file = folder.resolve("model.gguf");
    Files.write(file, new GgufBuilder().build());
    refuses(file, "no vocabulary");
    Files.write(file, Vocabularies.byteLevel().set("tokenizer.ggml.model", "bert").build());
    refuses(file, "bert", "llama and gpt2");
    Files.write(
        file, Vocabularies.sentencePiece().set("tokenizer.ggml.scores", List.of(1f)).build());
    refuses(file, "scores");
  }

  @Test
  void cutsTinyLlamasTextAsLlamaCppDoes() throws IOException {
    Optional<Path> model = tinyLlama();
    assumeTrue(model.isPresent(), "TinyLlama is not in the cache of models");
    try (ChatTokenizer chat = Tokenizers.open(model.get());
        InputStream stream = TokenizersTest.class.getResourceAsStream("tinyllama-tokens.jsonl")) {
      List<String> lines =
          new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().skip(1).toList();
      assertThat(lines).hasSizeGreaterThan(50);
      for (String line : lines) {
        JsonNode example = JsonMapper.shared().readTree(line);
        assertThat(chat.tokenizer().encode(example.path("text").asString()))
            .as(line)
            .isEqualTo(example.path("tokens").valueStream().mapToInt(JsonNode::intValue).toArray());
      }
    }
  }

  private static Optional<Path> tinyLlama() throws IOException {
    Path models = CacheDirectory.locate(System.getenv()).resolve("models");
    if (!Files.isDirectory(models)) {
      return Optional.empty();
    }
    try (Stream<Path> files =
        Files.find(
            models, 4, (path, attributes) -> path.getFileName().toString().endsWith(".gguf"))) {
      return files.filter(path -> path.toFile().length() == TINY_LLAMA_BYTES).findFirst();
    }
  }

  private static List<String> spellings(Tokenizer tokenizer, int[] tokens) {
    return Arrays.stream(tokens)
        .mapToObj(token -> new String(tokenizer.bytes(token), StandardCharsets.UTF_8))
        .toList();
  }

  private static void refuses(Path path, String... parts) {
    assertThatThrownBy(() -> Tokenizers.open(path))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith(".")
        .hasMessageContainingAll(parts);
  }
}
