package dev.mallard.generator.tokenizer;

import dev.mallard.generator.UserException;
import dev.mallard.generator.checkpoint.GgufMetadata;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens the tokenizers of the models that users name by a path. */
public final class Tokenizers {
  private Tokenizers() {}

  /**
   * Opens what a model reads and writes text with: the vocabulary and chat template inside a GGUF
   * file, or {@code tokenizer.json}, {@code tokenizer_config.json} and {@code chat_template.jinja}
   * of a Hugging Face folder. A model without a chat template gets a plain one, {@link
   * DefaultTemplate}.
   *
   * @throws UserException if there is none, or it is malformed or of a kind that Mallard lacks
   */
  public static ChatTokenizer open(Path path) {
    if (!Files.exists(path)) {
      throw new UserException("There is no model at " + path + ".");
    }
    TokenizerDefinition definition =
        Files.isDirectory(path)
            ? TokenizerFolder.read(path)
            : GgufVocabulary.read(GgufMetadata.read(path));
    NativeTokenizer tokenizer = NativeTokenizer.of(definition);
    return new ChatTokenizer(tokenizer, JinjaChatTemplate.of(definition, tokenizer));
  }
}
