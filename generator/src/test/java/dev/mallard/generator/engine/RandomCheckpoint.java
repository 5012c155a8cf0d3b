package dev.mallard.generator.engine;

import dev.mallard.generator.checkpoint.Checkpoint;
import dev.mallard.generator.checkpoint.ModelConfiguration;
import dev.mallard.generator.checkpoint.ModelConfiguration.Architecture;
import dev.mallard.generator.checkpoint.ModelConfiguration.RopeScaling;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A small model of 256 tokens, one for each byte, with random weights that depend on their names
 * and places alone.
 */
record RandomCheckpoint(ModelConfiguration configuration) implements Checkpoint {
  static final int END_TOKEN = 0;

  static RandomCheckpoint small() {
    return new RandomCheckpoint(
        new ModelConfiguration(
            Architecture.LLAMA,
            256,
            64,
            2,
            4,
            2,
            16,
            96,
            256,
            1e-5,
            10_000,
            new RopeScaling.None(),
            false,
            List.of(END_TOKEN)));
  }

  @Override
  public Set<String> tensorNames() {
    return Set.of();
  }

  @Override
  public List<Integer> shape(String tensor) {
    ModelConfiguration c = configuration;
    String kind = tensor.replaceAll(".*\\.(\\w+)\\.weight", "$1");
    return switch (kind) {
      case "q_proj" -> List.of(c.heads() * c.headSize(), c.hiddenSize());
      case "k_proj", "v_proj" -> List.of(c.keyValueHeads() * c.headSize(), c.hiddenSize());
      case "o_proj" -> List.of(c.hiddenSize(), c.heads() * c.headSize());
      case "gate_proj", "up_proj" -> List.of(c.intermediateSize(), c.hiddenSize());
      case "down_proj" -> List.of(c.hiddenSize(), c.intermediateSize());
      case "embed_tokens", "lm_head" -> List.of(c.vocabularySize(), c.hiddenSize());
      default -> {
        if (kind.startsWith("lm_head")) {
          yield List.of(c.vocabularySize(), c.hiddenSize());
        }
        yield List.of(c.hiddenSize());
      }
    };
  }

  @Override
  public void readRows(String tensor, int firstRow, int rowCount, float[] destination) {
    List<Integer> shape = shape(tensor);
    int columns = shape.getLast();
    if (shape.size() == 1) {
      Arrays.fill(destination, 0, columns, 1);
      return;
    }
    for (int row = 0; row < rowCount; row++) {
      Random random = new Random(31L * tensor.hashCode() + firstRow + row);
      for (int column = 0; column < columns; column++) {
        destination[row * columns + column] = (float) (random.nextGaussian() * 0.3);
      }
    }
  }

  @Override
  public String fingerprint() {
    return "random";
  }

  @Override
  public void close() {}
}
