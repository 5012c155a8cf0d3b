package dev.mallard.benchmarks.engine;

import java.util.List;

/**
 * How fast a model ran.
 *
 * @param model its description
 * @param loadSeconds from the checkpoint's path to a model that is ready, its weights converted
 *     before
 * @param weightBytes bytes of weights that a decode step reads
 * @param cacheBytes size of the key-value cache
 * @param cachePositions tokens that it has room for
 * @param processBytes memory of this process that was in use at the end
 * @param memoryBandwidth bytes a second that the device reads, as measured
 * @param rates by number of sequences at once
 */
public record ModelSpeed(
    String model,
    double loadSeconds,
    long weightBytes,
    long cacheBytes,
    int cachePositions,
    long processBytes,
    double memoryBandwidth,
    List<Rate> rates) {

  public ModelSpeed {
    rates = List.copyOf(rates);
  }

  /**
   * What was seen with some sequences at once, each with a prompt of its own.
   *
   * @param sequences how many
   * @param promptTokens of all prompts together
   * @param firstTokenSeconds from the request to the first token, the median over the sequences
   * @param prefillRate tokens of prompts a second, until the last sequence had its first token
   * @param decodeRate tokens a second of all sequences together, from then on
   * @param ofBandwidth part of the time that reading the weights takes, by the measured bandwidth;
   *     1 is the limit of one sequence
   */
  public record Rate(
      int sequences,
      int promptTokens,
      double firstTokenSeconds,
      double prefillRate,
      double decodeRate,
      double ofBandwidth) {}
}
