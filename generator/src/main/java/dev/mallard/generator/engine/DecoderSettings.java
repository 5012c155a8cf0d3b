package dev.mallard.generator.engine;

import dev.mallard.generator.checkpoint.ModelConfiguration;
import dev.mallard.generator.checkpoint.ModelConfiguration.Attention;
import dev.mallard.generator.checkpoint.ModelConfiguration.FeedForward;
import dev.mallard.generator.checkpoint.ModelConfiguration.Multipliers;
import dev.mallard.generator.checkpoint.ModelConfiguration.Norm;
import dev.mallard.generator.model.Precision;
import java.util.Locale;

/**
 * What the decoder program's {@code configure} is told: the shape of a model, and how to compute.
 */
final class DecoderSettings {
  private static final long FLOAT32 = 6;
  private static final long BFLOAT16 = 15;
  private static final long CUDA = 0;
  private static final long ANY_PROCESSOR = 1;
  private static final long FBGEMM = 2;

  /**
   * From how many positions in a step on arithmetic takes longer than reading the weights, so that
   * they are multiplied in the type for many.
   */
  private static final int FEW = 24;

  private final ModelConfiguration configuration;
  private final long[] types;
  private final long kernels;

  /**
   * Makes them.
   *
   * @param reproducible whether a position's numbers must not depend on how many others are
   *     computed with it: then int8 weights are multiplied in integers, by few positions and many
   */
  DecoderSettings(
      ModelConfiguration configuration, Precision precision, Device device, boolean reproducible) {
    this.configuration = configuration;
    types = types(precision, device, reproducible);
    kernels = kernels(device);
  }

  long[] dimensions() {
    Attention attention = configuration.attention();
    long layerNorm = configuration.norm().kind() == Norm.Kind.LAYER ? 1 : 0;
    long[] experts =
        switch (configuration.feedForward()) {
          case FeedForward.Gated gated -> new long[] {1, 0, 0};
          case FeedForward.Plain plain -> new long[] {0, 0, 0};
          case FeedForward.Experts some ->
              new long[] {some.count(), some.chosen(), some.normalised() ? 1 : 0};
        };
    return new long[] {
      attention.heads(),
      attention.keyValueHeads(),
      attention.headSize(),
      configuration.hiddenSize(),
      layerNorm,
      experts[0],
      experts[1],
      experts[2]
    };
  }

  double[] factors() {
    Multipliers multipliers = configuration.multipliers();
    return new double[] {
      configuration.norm().epsilon(),
      multipliers.embedding(),
      multipliers.attention(),
      multipliers.residual(),
      multipliers.logits()
    };
  }

  private static long[] types(Precision precision, Device device, boolean reproducible) {
    if (precision == Precision.FLOAT32) {
      return new long[] {FLOAT32, FLOAT32, FLOAT32};
    }
    return switch (device) {
      case Device.Cpu() ->
          new long[] {
            FLOAT32,
            BFLOAT16,
            ProcessorFeatures.ofThisMachine().bfloat16() && !reproducible ? BFLOAT16 : FLOAT32
          };
      case Device.Cuda cuda -> new long[] {BFLOAT16, BFLOAT16, BFLOAT16};
    };
  }

  /**
   * The types, by libtorch's numbers, of activations, of keys and values, and of products of many
   * positions. A processor loses nothing by float32 for the first; for the last, bfloat16 is the
   * faster one only where it has instructions for it, and more than ten times as slow elsewhere.
   */
  long[] types() {
    return types.clone();
  }

  /** Number of the kernels for few positions, and {@link #FEW}. */
  long[] kernels() {
    return new long[] {kernels, FEW};
  }

  /** Whether so many positions, of int8 weights, are multiplied without what is packed. */
  boolean isWide(int positions) {
    return positions >= FEW && !(kernels == FBGEMM && types[2] == FLOAT32);
  }

  private static long kernels(Device device) {
    return switch (device) {
      case Device.Cpu() -> isX86() ? FBGEMM : ANY_PROCESSOR;
      case Device.Cuda cuda -> CUDA;
    };
  }

  private static boolean isX86() {
    String architecture = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return architecture.equals("amd64") || architecture.equals("x86_64");
  }
}
