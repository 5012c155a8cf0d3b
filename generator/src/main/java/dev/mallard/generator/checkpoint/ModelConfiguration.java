package dev.mallard.generator.checkpoint;

import java.util.List;
import java.util.Map;

/**
 * What shapes the decoder: the hyperparameters of a checkpoint under one name each.
 *
 * @param architecture family of models, which names its tensors
 * @param vocabularySize rows of the embedding
 * @param hiddenSize width of the residual stream
 * @param layers number of transformer blocks
 * @param attention the attention of a block
 * @param feedForward what comes after attention in a block
 * @param norm how the inputs of both are normalised, and the last output
 * @param contextLength longest sequence in tokens
 * @param ropeTheta base of the rotary frequencies (Su et al., arXiv 2104.09864)
 * @param ropeScaling how the frequencies are changed for longer contexts
 * @param multipliers factors that most models do not have
 * @param tiedEmbeddings whether the output matrix is the embedding
 * @param endTokens ids that end a completion
 */
public record ModelConfiguration(
    Architecture architecture,
    int vocabularySize,
    int hiddenSize,
    int layers,
    Attention attention,
    FeedForward feedForward,
    Norm norm,
    int contextLength,
    double ropeTheta,
    RopeScaling ropeScaling,
    Multipliers multipliers,
    boolean tiedEmbeddings,
    List<Integer> endTokens) {

  /** Families of models that the decoder can be. */
  public enum Architecture {
    LLAMA,
    MISTRAL,
    QWEN2,
    QWEN3,
    QWEN3_MOE,
    GRANITE,
    STARCODER2
  }

  /**
   * Grouped-query attention (Ainslie et al., arXiv 2305.13245).
   *
   * @param heads query heads
   * @param keyValueHeads key and value heads; divides {@code heads}
   * @param headSize width of a head
   * @param inputBias whether queries, keys and values have a bias
   * @param outputBias whether the output has one
   * @param queryKeyNorm whether each head of queries and keys is normalised before it is rotated
   */
  public record Attention(
      int heads,
      int keyValueHeads,
      int headSize,
      boolean inputBias,
      boolean outputBias,
      boolean queryKeyNorm) {

    /** Attention without biases and norms of its own. */
    public static Attention plain(int heads, int keyValueHeads, int headSize) {
      return new Attention(heads, keyValueHeads, headSize, false, false, false);
    }
  }

  /** The layers of a block that see one position at a time. */
  public sealed interface FeedForward {
    /** Width of what lies between its matrices. */
    int size();

    /** SwiGLU (Shazeer, arXiv 2002.05202). */
    record Gated(int size) implements FeedForward {}

    /**
     * Two matrices with GELU between them, in the approximation by tanh.
     *
     * @param bias whether both have one
     */
    record Plain(int size, boolean bias) implements FeedForward {}

    /**
     * A mixture of gated experts, of which a router chooses some for each position (Shazeer et al.,
     * arXiv 1701.06538).
     *
     * @param size width of one expert
     * @param count number of experts
     * @param chosen of these, for a position
     * @param normalised whether the weights of the chosen ones add up to 1
     */
    record Experts(int size, int count, int chosen, boolean normalised) implements FeedForward {}
  }

  /**
   * Normalisation.
   *
   * @param kind which one
   * @param epsilon added to the mean square, or to the variance
   */
  public record Norm(Kind kind, double epsilon) {
    /** Kinds of normalisation. */
    public enum Kind {
      /** By the root mean square (Zhang and Sennrich, arXiv 1910.07467). */
      RMS,
      /** By mean and variance, with a bias (Ba et al., arXiv 1607.06450). */
      LAYER
    }

    public static Norm rms(double epsilon) {
      return new Norm(Kind.RMS, epsilon);
    }
  }

  /**
   * Factors.
   *
   * @param embedding of the embedding
   * @param attention of the products of queries and keys
   * @param residual of what a block adds to the residual stream
   * @param logits what the logits are divided by
   */
  public record Multipliers(double embedding, double attention, double residual, double logits) {
    /** Those of most models. */
    public static Multipliers usual(int headSize) {
      return new Multipliers(1, 1 / Math.sqrt(headSize), 1, 1);
    }
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

  /** The tensors of a model of this configuration: Hugging Face's names, and their shapes. */
  public Map<String, List<Integer>> tensors() {
    return ModelTensors.of(this);
  }

  /** How many weights it has. */
  public long parameters() {
    return tensors().values().stream()
        .mapToLong(
            shape -> shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact))
        .sum();
  }

  public ModelConfiguration {
    endTokens = List.copyOf(endTokens);
  }
}
