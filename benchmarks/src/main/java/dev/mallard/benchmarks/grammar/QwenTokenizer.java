package dev.mallard.benchmarks.grammar;

import dev.mallard.generator.tokenizer.Tokenizer;
import dev.mallard.generator.tokenizer.Tokenizers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** The tokenizer of Qwen2.5, with 151,643 ordinary tokens. */
final class QwenTokenizer {
  private QwenTokenizer() {}

  /**
   * Opens it.
   *
   * @param data the folder with the data sets
   */
  static Tokenizer open(Path data) throws IOException {
    Path source = data.resolve("tokenizers").resolve("qwen2.5");
    Path folder = Files.createTempDirectory("qwen2.5");
    Path definition = folder.resolve("tokenizer.json");
    Path configuration = folder.resolve("tokenizer_config.json");
    try (InputStream packed = Files.newInputStream(source.resolve("tokenizer.json.gz"));
        InputStream stream = new GZIPInputStream(packed)) {
      Files.copy(stream, definition);
      Files.copy(source.resolve("tokenizer_config.json"), configuration);
      return Tokenizers.open(folder).tokenizer();
    } finally {
      Files.deleteIfExists(definition);
      Files.deleteIfExists(configuration);
      Files.deleteIfExists(folder);
    }
  }
}
