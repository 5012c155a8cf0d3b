package dev.mallard.generator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.generator.checkpoint.Checkpoint;
import dev.mallard.generator.checkpoint.ModelConfiguration;
import dev.mallard.generator.checkpoint.ModelConfiguration.Architecture;
import dev.mallard.generator.checkpoint.ModelConfiguration.Attention;
import dev.mallard.generator.checkpoint.ModelConfiguration.FeedForward;
import dev.mallard.generator.checkpoint.ModelConfiguration.Multipliers;
import dev.mallard.generator.checkpoint.ModelConfiguration.Norm;
import dev.mallard.generator.checkpoint.ModelConfiguration.RopeScaling;
import dev.mallard.generator.model.Precision;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights in int4, beside exact arithmetic on weights that are rounded in the same way. */
class Int4Test {
  /**
   * bfloat16 in activations and weights, multiplied by a model of random weights; seen: 0.07 with
   * AVX2, 0.105 with AVX-512, whose kernel adds up in another order. Weights that are not the right
   * ones give 1 and more.
   */
  private static final double TOLERANCE = 0.15;

  private static final int LENGTH = 60;
  private static final int PROMPT = 40;

  @TempDir Path directory;

  @Test
  void longAndShortInputsGiveWhatRoundedWeightsGive() {
    RandomCheckpoint exact = checkpoint();
    try (SingleSequence int4 = open(exact, Precision.INT4);
        SingleSequence rounded = open(new Rounded(exact), Precision.FLOAT32)) {
      int[] prompt = new Random(3).ints(PROMPT, 1, 256).toArray();
      assertThat(RelativeError.of(int4.read(prompt), rounded.read(prompt))).isLessThan(TOLERANCE);
      for (int step = 0; step < LENGTH - PROMPT; step++) {
        assertThat(RelativeError.of(int4.read(step + 7), rounded.read(step + 7)))
            .as("step %d", step)
            .isLessThan(TOLERANCE);
      }
    }
  }

  @Test
  void aWeightIsOffByNoMoreThanHalfAStep() {
    float[] values = new float[10 * Int4.GROUP];
    Random random = new Random(4);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() + i % 3);
    }
    float[] back = dequantize(Int4.quantize(values), values.length);
    for (int i = 0; i < values.length; i++) {
      // The largest range is about 8, so a step is half, and bfloat16 adds a little.
      assertThat(Math.abs(back[i] - values[i])).isLessThan(0.3f);
    }
  }

  private static float[] dequantize(Quantized quantized, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      int pair = quantized.weights()[i / 2] & 0xff;
      int q = i % 2 == 0 ? pair & 15 : pair >> 4;
      float scale = BFloat16.value(quantized.scales()[i / Int4.GROUP * 2]);
      float middle = BFloat16.value(quantized.scales()[i / Int4.GROUP * 2 + 1]);
      values[i] = (q - 8) * scale + middle;
    }
    return values;
  }

  private SingleSequence open(Checkpoint checkpoint, Precision precision) {
    return new SingleSequence(checkpoint, precision, new WeightCache(directory), LENGTH);
  }

  private static RandomCheckpoint checkpoint() {
    return new RandomCheckpoint(
        new ModelConfiguration(
            Architecture.LLAMA,
            256,
            128,
            2,
            Attention.plain(4, 2, 32),
            new FeedForward.Gated(384),
            Norm.rms(1e-5),
            256,
            10_000,
            new RopeScaling.None(),
            Multipliers.usual(32),
            false,
            List.of(0)));
  }

  /** Layers in int4, and the rest in int8, as the decoder has them. */
  private static final class Rounded extends Int8Checkpoint {
    Rounded(Checkpoint exact) {
      super(exact);
    }

    @Override
    public void readRows(String tensor, int firstRow, int rowCount, float[] destination) {
      if (!tensor.contains("layers") || shape(tensor).size() < 2) {
        super.readRows(tensor, firstRow, rowCount, destination);
        return;
      }
      exact().readRows(tensor, firstRow, rowCount, destination);
      float[] rows = Arrays.copyOf(destination, rowCount * shape(tensor).getLast());
      System.arraycopy(
          dequantize(Int4.quantize(rows), rows.length), 0, destination, 0, rows.length);
    }
  }
}
