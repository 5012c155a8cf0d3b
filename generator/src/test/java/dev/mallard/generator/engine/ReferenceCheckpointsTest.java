package dev.mallard.generator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mallard.generator.checkpoint.Checkpoint;
import dev.mallard.generator.checkpoint.Checkpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * The decoder against tiny checkpoints whose logits and greedy tokens come from an independent implementation in float64.
 */
class ReferenceCheckpointsTest {
  private static final Path REFERENCES = Path.of("../../shared/goldens");

  @TempDir Path cache;

  record Case(
      List<Integer> input_ids,
      List<Double> last_logits,
      List<Integer> greedy_12,
      List<Double> greedy_margin) {}

  record Expected(String note, List<Case> cases) {}

  /**
   * Tolerances are relative, in the Euclidean norm. bfloat16 keeps 8 significant bits, so each rounding is off by at most
   * 2^-9 = 0.002; a few dozen of them in a row come to about 0.01. int8 rounds a weight by up to 1/254 of its row's largest,
   * about 0.01 of a typical one of 64, which averages out over the row and comes on top.
   */
  @ParameterizedTest
  @CsvSource({
    "llama, FLOAT32, 1e-4",
    "llama3-rope, FLOAT32, 1e-4",
    "deepseek-coder-rope, FLOAT32, 1e-4",
    "qwen2, FLOAT32, 1e-4",
    "llama, BFLOAT16, 0.015",
    "llama3-rope, BFLOAT16, 0.015",
    "qwen2, BFLOAT16, 0.015",
    "llama, INT8, 0.03",
    "llama3-rope, INT8, 0.03",
    "qwen2, INT8, 0.03"
  })
  void givesTheReferenceLogitsAndGreedyTokens(
      String reference, Precision precision, double tolerance) throws IOException {
    Path directory = REFERENCES.resolve(reference);
    assumeTrue(Files.isDirectory(directory), "the reference checkpoints are not on this machine");
    Expected expected =
        JsonMapper.shared()
            .readValue(Files.readAllBytes(directory.resolve("expected.json")), Expected.class);
    try (Checkpoint checkpoint = Checkpoints.open(directory);
        Decoder decoder =
            new Decoder(
                checkpoint.configuration(),
                PackingPlan.of(checkpoint),
                precision,
                new WeightCache(cache).open(checkpoint, precision, LoadListener.SILENT))) {
      for (Case reading : expected.cases()) {
        check(decoder, reading, tolerance);
      }
    }
  }

  private static void check(Decoder decoder, Case expected, double tolerance) {
    int[] prompt = expected.input_ids().stream().mapToInt(Integer::intValue).toArray();
    decoder.start(prompt.length + expected.greedy_12().size());
    float[] logits = decoder.forward(new int[][] {prompt}).row(0);
    double error = relativeError(logits, expected.last_logits());
    assertThat(error).isLessThan(tolerance);

    double largest = expected.last_logits().stream().mapToDouble(Math::abs).max().orElseThrow();
    for (int step = 0; step < expected.greedy_12().size(); step++) {
      if (expected.greedy_margin().get(step) < 2 * tolerance * largest) {
        return; // a near-tie, which this precision may break either way
      }
      int token = argmax(logits);
      assertThat(token).as("greedy token %d", step).isEqualTo(expected.greedy_12().get(step));
      logits = decoder.forward(new int[][] {{token}}).row(0);
    }
  }

  private static double relativeError(float[] actual, List<Double> expected) {
    double difference = 0;
    double size = 0;
    for (int i = 0; i < actual.length; i++) {
      difference += Math.pow(actual[i] - expected.get(i), 2);
      size += Math.pow(expected.get(i), 2);
    }
    return Math.sqrt(difference / size);
  }

  private static int argmax(float[] values) {
    List<Integer> indices = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      indices.add(i);
    }
    return indices.stream().max((a, b) -> Float.compare(values[a], values[b])).orElseThrow();
  }
}
