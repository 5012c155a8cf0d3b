package dev.mallard.generator.engine;

import dev.mallard.generator.checkpoint.Checkpoint;
import dev.mallard.generator.checkpoint.ModelConfiguration;
import dev.mallard.generator.checkpoint.ModelConfiguration.Architecture;
import dev.mallard.generator.checkpoint.ModelConfiguration.Attention;
import dev.mallard.generator.checkpoint.ModelConfiguration.FeedForward;
import dev.mallard.generator.checkpoint.ModelConfiguration.Multipliers;
import dev.mallard.generator.checkpoint.ModelConfiguration.Norm;
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
            Attention.plain(4, 2, 16),
            new FeedForward.Gated(96),
            Norm.rms(1e-5),
            256,
            10_000,
            new RopeScaling.None(),
            Multipliers.usual(16),
            false,
            List.of(END_TOKEN)));
  }

  @Override
  public Set<String> tensorNames() {
    return configuration.tensors().keySet();
  }

  @Override
  public List<Integer> shape(String tensor) {
    ModelConfiguration c = configuration;
    String kind = tensor.replaceAll(".*\\.(\\w+)\\.weight", "$1");
    return switch (kind) {
      case "q_proj" -> List.of(c.attention().heads() * c.attention().headSize(), c.hiddenSize());
      case "k_proj", "v_proj" ->
          List.of(c.attention().keyValueHeads() * c.attention().headSize(), c.hiddenSize());
      case "o_proj" -> List.of(c.hiddenSize(), c.attention().heads() * c.attention().headSize());
      case "gate_proj", "up_proj" -> List.of(c.feedForward().size(), c.hiddenSize());
      case "down_proj" -> List.of(c.hiddenSize(), c.feedForward().size());
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
