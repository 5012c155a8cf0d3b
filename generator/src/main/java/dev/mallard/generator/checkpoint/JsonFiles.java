package dev.mallard.generator.checkpoint;

import dev.mallard.generator.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the JSON files of a checkpoint, which come from anywhere: size and nesting are bounded. */
public final class JsonFiles {
  private static final int MAXIMUM_NESTING = 64;

  private JsonFiles() {}

  /**
   * Reads a file that holds one JSON object.
   *
   * @param maximumBytes a larger file is refused
   * @throws UserException if the file is missing, too large, or holds no JSON object
   */
  public static JsonNode readObject(Path path, int maximumBytes) {
    try (InputStream stream = Files.newInputStream(path)) {
      byte[] bytes = stream.readNBytes(maximumBytes + 1);
      if (bytes.length > maximumBytes) {
        throw new UserException(path + " is too large for what it should hold.");
      }
      return parseObject(bytes, path.toString());
    } catch (NoSuchFileException e) {
      throw new UserException("There is no file " + path + ".", e);
    } catch (IOException e) {
      throw new UserException("Cannot read " + path + ": " + e.getMessage() + ".", e);
    }
  }

  /**
   * Parses one JSON object.
   *
   * @param what names the text in the message
   * @throws UserException if it is none, or has a name twice
   */
  static JsonNode parseObject(byte[] json, String what) {
    try {
      JsonNode node = mapper().readTree(json);
      if (!node.isObject()) {
        throw new UserException(what + " is malformed: it is not a JSON object.");
      }
      return node;
    } catch (JacksonException e) {
      throw new UserException(
          what + " is malformed: it is not valid JSON" + place(e.getLocation()) + ".", e);
    }
  }

  private static String place(@Nullable TokenStreamLocation location) {
    return location == null || location.getLineNr() < 1
        ? ""
        : " (line " + location.getLineNr() + ")";
  }

  private static JsonMapper mapper() {
    return JsonMapper.builder(
            JsonFactory.builder()
                .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAXIMUM_NESTING).build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build())
        .build();
  }
}
