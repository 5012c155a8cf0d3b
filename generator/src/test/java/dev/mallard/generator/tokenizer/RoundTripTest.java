package dev.mallard.generator.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Every text comes back from its tokens. */
class RoundTripTest {
  private static final Path QWEN =
      Path.of("..", "..", "shared", "data", "tokenizers", "qwen2.5", "tokenizer.json.gz");

  private static @Nullable ChatTokenizer sentencePiece;
  private static @Nullable ChatTokenizer byteLevel;
  private static Optional<NativeTokenizer> qwen = Optional.empty();
  private static Optional<HuggingFaceTokenizer> reference = Optional.empty();

  @BeforeContainer
  static void open() throws IOException {
    sentencePiece = Vocabularies.open(Vocabularies.sentencePiece());
    byteLevel = Vocabularies.open(Vocabularies.byteLevel());
    if (Files.exists(QWEN)) {
      try (InputStream stream = new GZIPInputStream(Files.newInputStream(QWEN))) {
        byte[] json = stream.readAllBytes();
        TokenizerDefinition definition =
            new TokenizerDefinition(
                QWEN,
                (ObjectNode) JsonMapper.shared().readTree(json),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty());
        qwen = Optional.of(NativeTokenizer.of(definition));
        reference =
            Optional.of(
                HuggingFaceTokenizer.newInstance(
                    new ByteArrayInputStream(json), Map.of("truncation", "false")));
      }
    }
  }

  @AfterContainer
  static void close() {
    Optional.ofNullable(sentencePiece).ifPresent(ChatTokenizer::close);
    Optional.ofNullable(byteLevel).ifPresent(ChatTokenizer::close);
    qwen.ifPresent(NativeTokenizer::close);
    reference.ifPresent(HuggingFaceTokenizer::close);
  }

  @Property(tries = 300)
  void aSentencePieceVocabularyGivesTextsBack(@ForAll("texts") String text) {
    givesBack(Optional.ofNullable(sentencePiece).orElseThrow().tokenizer(), text, text);
  }

  @Property(tries = 300)
  void aByteLevelVocabularyGivesTextsBack(@ForAll("texts") String text) {
    givesBack(Optional.ofNullable(byteLevel).orElseThrow().tokenizer(), text, text);
  }

  @Property(tries = 300)
  void qwenGivesTextsBackComposed(@ForAll("texts") String text) {
    assumeTrue(qwen.isPresent(), "Qwen2.5's tokenizer is not on this machine");
    givesBack(qwen.get(), text, Normalizer.normalize(wellFormed(text), Normalizer.Form.NFC));
  }

  /** The library with all of the file, markup included, is what transformers runs. */
  @Property(tries = 300)
  void qwenReadsMarkupAsTheWholeFileDoes(@ForAll("texts") String text) {
    assumeTrue(qwen.isPresent() && reference.isPresent(), "no Qwen2.5 on this machine");
    String clean = wellFormed(text);
    int[] expected =
        Arrays.stream(reference.get().encode(clean, false, false).getIds())
            .mapToInt(Math::toIntExact)
            .toArray();

    assertThat(qwen.get().encode(clean)).isEqualTo(expected);
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> anything =
        Arbitraries.integers()
            .between(0, Character.MAX_CODE_POINT)
            .map(Character::toString)
            .edgeCases(edges -> edges.add("\ud800", "\udc00", "\u2581", "\0", "\ufeff"));
    Arbitrary<String> code =
        Arbitraries.of(
            "the",
            " the",
            "def",
            " def f(x):",
            "\n",
            "\r\n",
            "\t",
            " ",
            "  ",
            "        ",
            "é",
            "e\u0301",
            "👩‍👩‍👧",
            "漢",
            "<|im_end|>",
            "</s>",
            "<s>",
            "<0x0A>",
            "<tool_call>",
            "<|im_",
            "end|>",
            "123456",
            "'ll",
            "...",
            "∑");
    return Arbitraries.frequencyOf(Tuple.of(1, anything), Tuple.of(3, code))
        .list()
        .ofMaxSize(40)
        .map(parts -> String.join("", parts));
  }

  private static void givesBack(Tokenizer tokenizer, String text, String expected) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int token : tokenizer.encodeOrdinary(text)) {
      assertThat(tokenizer.bytes(token)).isNotEmpty();
      bytes.writeBytes(tokenizer.bytes(token));
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(wellFormed(expected));
  }

  /** What a text is once its lone surrogates, which no bytes can say, are replaced. */
  private static String wellFormed(String text) {
    StringBuilder result = new StringBuilder();
    text.codePoints()
        .map(point -> point >= 0xD800 && point <= 0xDFFF ? 0xFFFD : point)
        .forEach(result::appendCodePoint);
    return result.toString();
  }
}
