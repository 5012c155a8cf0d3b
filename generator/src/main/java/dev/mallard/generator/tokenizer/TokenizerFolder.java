package dev.mallard.generator.tokenizer;

import dev.mallard.generator.UserException;
import dev.mallard.generator.checkpoint.JsonFiles;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads the files about text in a Hugging Face folder. */
final class TokenizerFolder {
  private static final int MAXIMUM_TOKENIZER = 1 << 27;
  private static final int MAXIMUM_SETTINGS = 1 << 24;
  private static final int MAXIMUM_TEMPLATE = 1 << 20;

  private TokenizerFolder() {}

  static TokenizerDefinition read(Path folder) {
    Path tokenizer = folder.resolve("tokenizer.json");
    if (!Files.exists(tokenizer)) {
      throw new UserException(
          "The folder "
              + folder
              + " has no tokenizer.json, which Mallard needs to turn text into tokens.");
    }
    ObjectNode json = (ObjectNode) JsonFiles.readObject(tokenizer, MAXIMUM_TOKENIZER);
    Path settingsFile = folder.resolve("tokenizer_config.json");
    JsonNode settings =
        Files.exists(settingsFile)
            ? JsonFiles.readObject(settingsFile, MAXIMUM_SETTINGS)
            : JsonNodeFactory.instance.objectNode();
    Optional<String> begin = token(settings.path("bos_token"));
    return new TokenizerDefinition(
        folder,
        json,
        begin,
        token(settings.path("eos_token")),
        settings.path("add_bos_token").asBoolean(opens(json.path("post_processor"), begin)),
        chatTemplate(folder, settings.path("chat_template")));
  }

  /** A token is a text, or an object with its content. */
  private static Optional<String> token(JsonNode node) {
    String content = node.isObject() ? node.path("content").asString("") : node.asString("");
    return content.isEmpty() ? Optional.empty() : Optional.of(content);
  }

  /** Whether a post-processor puts the begin token before a single text. */
  private static boolean opens(JsonNode processor, Optional<String> begin) {
    String first = processor.path("single").path(0).path("SpecialToken").path("id").asString("");
    return (!first.isEmpty() && begin.equals(Optional.of(first)))
        || processor.path("processors").valueStream().anyMatch(part -> opens(part, begin));
  }

  /** A file of its own comes first; of several named templates, the one named default. */
  private static Optional<String> chatTemplate(Path folder, JsonNode node) {
    Path file = folder.resolve("chat_template.jinja");
    if (Files.exists(file)) {
      return Optional.of(readTemplate(file));
    }
    if (node.isString()) {
      return Optional.of(node.asString());
    }
    return node.valueStream()
        .filter(named -> named.path("name").asString("").equals("default"))
        .map(named -> named.path("template").asString(""))
        .findFirst();
  }

  private static String readTemplate(Path file) {
    try {
      if (Files.size(file) > MAXIMUM_TEMPLATE) {
        throw new UserException(file + " is too large for a chat template.");
      }
      return Files.readString(file);
    } catch (MalformedInputException e) {
      throw new UserException(file + " is no text in UTF-8.", e);
    } catch (IOException e) {
      throw new UserException("Cannot read " + file + ": " + e.getMessage() + ".", e);
    }
  }
}
