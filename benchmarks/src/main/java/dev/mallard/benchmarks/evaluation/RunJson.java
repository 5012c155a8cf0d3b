package dev.mallard.benchmarks.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * How the files of a run's folder are written and read. What is empty is absent; what must be there
 * and is not is an error; a file has ASCII alone, so that half of a surrogate pair that a model
 * wrote comes back as it was.
 */
public final class RunJson {
  /** The file with the {@link RunConfig}. */
  public static final String CONFIG = "config.json";

  /** The file with a {@link TaskResult} on each line. */
  public static final String RESULTS = "results.jsonl";

  /** The folder with a transcript for each task. */
  public static final String TRANSCRIPTS = "transcripts";

  /** Maps the records of this package. */
  public static final JsonMapper MAPPER =
      JsonMapper.builder(JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build())
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .changeDefaultPropertyInclusion(
              inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_ABSENT))
          .build();

  private RunJson() {}

  /** A record on one line, which ends in a line feed. */
  public static String line(Object value) {
    return MAPPER.writeValueAsString(value) + "\n";
  }

  /** The name of a task's transcript in its folder; ids have characters that names may not. */
  public static String transcriptName(String id) {
    return id.replaceAll("[^A-Za-z0-9._-]", "_") + ".jsonl";
  }
}
