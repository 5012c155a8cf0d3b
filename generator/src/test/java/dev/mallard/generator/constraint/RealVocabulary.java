package dev.mallard.generator.constraint;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mallard.generator.tokenizer.Tokenizer;
import dev.mallard.generator.tokenizer.Tokenizers;
import dev.mallard.grammars.parse.TokenTrie;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * The vocabulary of Qwen2.5, with 151,643 tokens and more.
 *
 * @param trie of its tokens, special ones aside
 */
record RealVocabulary(Tokenizer tokenizer, TokenTrie trie) {
  private static final Path FILES = Path.of("../../shared/data/tokenizers/qwen2.5");

  /** Opens it, or aborts the test where the files are not at hand. */
  static RealVocabulary open() throws IOException {
    Path packed = FILES.resolve("tokenizer.json.gz");
    assumeTrue(Files.exists(packed), "the data are not on this machine");
    Path folder = Files.createTempDirectory("vocabulary");
    Path json = folder.resolve("tokenizer.json");
    Path config = folder.resolve("tokenizer_config.json");
    try (InputStream raw = Files.newInputStream(packed);
        InputStream stream = new GZIPInputStream(raw)) {
      Files.copy(stream, json);
      Files.copy(FILES.resolve("tokenizer_config.json"), config);
      Tokenizer tokenizer = Tokenizers.open(folder).tokenizer();
      return new RealVocabulary(
          tokenizer, TokenTrie.of(tokenizer.vocabularySize(), tokenizer::bytes));
    } finally {
      Files.deleteIfExists(json);
      Files.deleteIfExists(config);
      Files.delete(folder);
    }
  }
}
