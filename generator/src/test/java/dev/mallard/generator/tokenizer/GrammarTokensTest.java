package dev.mallard.generator.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mallard.grammars.BuiltInGrammar;
import dev.mallard.grammars.digest.GrammarDigest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Digests of grammars, counted by models' tokenizers. */
class GrammarTokensTest {
  private static final Path QWEN =
      Path.of("..", "..", "shared", "data", "tokenizers", "qwen2.5", "tokenizer.json.gz");

  @Test
  void aDigestFillsItsBudgetInASmallVocabulary() {
    try (ChatTokenizer chat = Vocabularies.open(Vocabularies.byteLevel())) {
      checkDigests(chat.tokenizer(), BuiltInGrammar.PYTHON);
    }
  }

  @Test
  void digestsFillTheirBudgetInARealOne() throws IOException {
    assumeTrue(Files.exists(QWEN), "the tokenizer of Qwen 2.5 is not there");
    try (InputStream stream = new GZIPInputStream(Files.newInputStream(QWEN));
        NativeTokenizer tokenizer =
            NativeTokenizer.of(
                new TokenizerDefinition(
                    QWEN,
                    (ObjectNode) JsonMapper.shared().readTree(stream.readAllBytes()),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    Optional.empty()))) {
      checkDigests(tokenizer, BuiltInGrammar.values());
    }
  }

  private static void checkDigests(Tokenizer tokenizer, BuiltInGrammar... grammars) {
    for (BuiltInGrammar grammar : grammars) {
      GrammarDigest digest = GrammarDigest.lark(grammar.text(), "start");
      int whole = count(tokenizer, digest.within(100_000, text -> count(tokenizer, text)));
      for (int budget : List.of(300, 1000, 2500)) {
        int tokens = count(tokenizer, digest.within(budget, text -> count(tokenizer, text)));
        assertThat(tokens)
            .as("%s within %d", grammar, budget)
            .isLessThanOrEqualTo(budget)
            .isGreaterThan(Math.min(whole, budget) * 3 / 5);
      }
    }
  }

  private static int count(Tokenizer tokenizer, String text) {
    return tokenizer.encodeOrdinary(text).length;
  }
}
