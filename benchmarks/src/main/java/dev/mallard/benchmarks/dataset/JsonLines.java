package dev.mallard.benchmarks.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files with a JSON value on each line. */
public final class JsonLines {
  /** Longest text of a file, in bytes, once it is unpacked. */
  private static final int MOST_BYTES = 256 << 20;

  private JsonLines() {}

  /**
   * Reads a file, packed with gzip if its name says so.
   *
   * @throws IOException if it cannot be read, or is larger than 256 MiB
   * @throws tools.jackson.core.JacksonException if a line is no JSON
   */
  public static List<JsonNode> read(Path file) throws IOException {
    return text(file).lines().map(line -> JsonMapper.shared().readTree(line)).toList();
  }

  /**
   * The text of a file, packed with gzip if its name says so.
   *
   * @throws IOException if it cannot be read, or is larger than 256 MiB
   */
  public static String text(Path file) throws IOException {
    try (InputStream raw = Files.newInputStream(file);
        InputStream stream = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
      byte[] bytes = stream.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new IOException("it holds more than 256 MiB");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
