package dev.mallard.generator.problem;

import dev.mallard.generator.UserException;
import dev.mallard.sandbox.TestSuite;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a file of tests: statements in the program's language, or, if its name ends in {@code
 * .json}, a table of calls, runs with standard input, or result sets. {@code docs/test-files.md}
 * describes the format.
 */
public final class TestFile {
  private static final int DEEPEST = 100;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Path file;

  private TestFile(Path file) {
    this.file = file;
  }

  /**
   * The tests in a file.
   *
   * @throws UserException if it cannot be read, or is no JSON of that format
   */
  public static TestSuite read(Path file) {
    String text = TextFile.read(file);
    return file.getFileName().toString().endsWith(".json")
        ? new TestFile(file).suite(text)
        : TestSuite.asserts(text);
  }

  private TestSuite suite(String text) {
    JsonNode root;
    try {
      root = JSON.readTree(text);
    } catch (JacksonException e) {
      throw new UserException(
          "%s:%d: this is no JSON: %s."
              .formatted(file, e.getLocation().getLineNr(), e.getOriginalMessage()),
          e);
    }
    try {
      return TestTables.read(root, "the file");
    } catch (IllegalArgumentException e) {
      throw new UserException("%s: %s.".formatted(file, e.getMessage()), e);
    }
  }
}
