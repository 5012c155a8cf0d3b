package dev.mallard.generator.model;

/**
 * How the next token is chosen from the logits. The filters apply in the order top-k, top-p, min-p.
 *
 * @param temperature divides the logits; 0 is greedy decoding, where the rest is ignored
 * @param topK keeps this many of the likeliest tokens; 0 keeps all
 * @param topP keeps the fewest of the likeliest tokens whose probabilities sum to at least this
 *     (nucleus sampling, Holtzman et al., arXiv 1904.09751); 1 keeps all
 * @param minP keeps the tokens at least this likely relative to the likeliest (Nguyen et al., arXiv
 *     2407.01082); 0 keeps all
 */
public record Sampling(double temperature, int topK, double topP, double minP) {
  public static final Sampling GREEDY = new Sampling(0, 0, 1, 0);

  public Sampling {
    if (!(temperature >= 0) || Double.isInfinite(temperature)) {
      throw new IllegalArgumentException("temperature must be 0 or more: " + temperature);
    }
    if (topK < 0) {
      throw new IllegalArgumentException("topK must be 0 or more: " + topK);
    }
    if (!(topP > 0 && topP <= 1)) {
      throw new IllegalArgumentException("topP must be above 0 and at most 1: " + topP);
    }
    if (!(minP >= 0 && minP <= 1)) {
      throw new IllegalArgumentException("minP must be from 0 to 1: " + minP);
    }
  }

  public static Sampling temperature(double temperature) {
    return new Sampling(temperature, 0, 1, 0);
  }

  public boolean greedy() {
    return temperature == 0;
  }
}
