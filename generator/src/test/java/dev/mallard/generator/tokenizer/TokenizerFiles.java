package dev.mallard.generator.tokenizer;

import dev.mallard.generator.checkpoint.GgufMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes the vocabulary of a GGUF file as a Hugging Face folder has it. */
public final class TokenizerFiles {
  private TokenizerFiles() {}

  public static void write(Path gguf, Path folder) throws IOException {
    TokenizerDefinition definition = GgufVocabulary.read(GgufMetadata.read(gguf));
    Files.writeString(folder.resolve("tokenizer.json"), definition.json().toString());
    ObjectNode config = JsonNodeFactory.instance.objectNode();
    definition.beginToken().ifPresent(token -> config.put("bos_token", token));
    definition.endToken().ifPresent(token -> config.put("eos_token", token));
    Files.writeString(folder.resolve("tokenizer_config.json"), config.toString());
  }
}
