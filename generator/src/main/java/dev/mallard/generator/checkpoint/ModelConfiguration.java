package dev.mallard.generator.checkpoint;

import java.util.List;

/**
 * What shapes the decoder: the hyperparameters of a checkpoint under one name each.
 *
 * @param architecture family of models, whose tensors and order of computation are alike
 * @param vocabularySize rows of the embedding
 * @param hiddenSize width of the residual stream
 * @param layers number of transformer blocks
 * @param heads query heads of a layer
 * @param keyValueHeads key and value heads of a layer; divides {@code heads}
 * @param headSize width of a head
 * @param intermediateSize width of the feed-forward layer
 * @param contextLength longest sequence in tokens
 * @param normEpsilon added to the mean square in RMS norm
 * @param ropeTheta base of the rotary frequencies (Su et al., arXiv 2104.09864)
 * @param ropeScaling how the frequencies are changed for longer contexts
 * @param tiedEmbeddings whether the output matrix is the embedding
 * @param endTokens ids that end a completion
 */
public record ModelConfiguration(
    Architecture architecture,
    int vocabularySize,
    int hiddenSize,
    int layers,
    int heads,
    int keyValueHeads,
    int headSize,
    int intermediateSize,
    int contextLength,
    double normEpsilon,
    double ropeTheta,
    RopeScaling ropeScaling,
    boolean tiedEmbeddings,
    List<Integer> endTokens) {

  /** Families of models that the decoder can be. */
  public enum Architecture {
    LLAMA,
    QWEN2
  }

  /** How rotary frequencies are changed. */
  public sealed interface RopeScaling {
    /** Not at all. */
    record None() implements RopeScaling {}

    /** All divided by a factor. */
    record Linear(double factor) implements RopeScaling {}

    /** By wavelength, as Llama 3.1 does it. */
    record Llama3(
        double factor,
        double lowFrequencyFactor,
        double highFrequencyFactor,
        int originalContextLength)
        implements RopeScaling {}

    /** Divided by given factors, one for each pair of a head's dimensions. */
    record PerDimension(List<Double> factors) implements RopeScaling {}
  }

  public ModelConfiguration {
    endTokens = List.copyOf(endTokens);
  }
}
