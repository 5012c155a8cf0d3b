package dev.mallard.generator.transcript;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What transcripts are as files; {@code docs/transcripts.md} describes the format. */
public final class Transcripts {
  /** The version of the format. */
  public static final int SCHEMA = 1;

  /** Longest line, in bytes. */
  static final int LONGEST_LINE = 64 << 20;

  /** Largest file, in bytes. */
  static final long LARGEST_FILE = 256L << 20;

  /** Expected values in tests may be a hundred deep. */
  private static final int DEEPEST = 120;

  private static final Set<String> TIMES =
      Set.of("started_at", "seconds", "generation_seconds", "run_seconds");

  /**
   * Writes ASCII alone: so half of a surrogate pair comes back as it was, and nothing in the file
   * drives the terminal that it is shown on.
   */
  static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Transcripts() {}

  /**
   * A line of a transcript without its times, which alone are not the same for the same seed, model
   * and machine.
   */
  public static JsonNode comparable(JsonNode line) {
    JsonNode copy = line.deepCopy();
    withoutTimes(copy);
    for (String field : List.of("best", "repairs", "hidden_tests")) {
      withoutTimes(copy.path(field));
    }
    copy.path("attempts").forEach(Transcripts::withoutTimes);
    return copy;
  }

  /**
   * The lines of a transcript without their times. Requests that are made at the same time are told
   * of in any order; here they are sorted.
   */
  public static List<JsonNode> comparable(List<JsonNode> lines) {
    List<JsonNode> sorted = new ArrayList<>();
    List<JsonNode> requests = new ArrayList<>();
    for (JsonNode line : lines) {
      JsonNode comparable = comparable(line);
      if (Set.of("asked", "answered").contains(line.path("event").asString(""))) {
        requests.add(comparable);
      } else {
        flush(requests, sorted);
        sorted.add(comparable);
      }
    }
    flush(requests, sorted);
    return sorted;
  }

  private static void flush(List<JsonNode> requests, List<JsonNode> sorted) {
    requests.sort(Comparator.comparing(JsonNode::toString));
    sorted.addAll(requests);
    requests.clear();
  }

  private static void withoutTimes(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove(TIMES);
      for (JsonNode test : object.path("tests")) {
        if (test instanceof ObjectNode result) {
          result.remove(TIMES);
        }
      }
    }
  }
}
