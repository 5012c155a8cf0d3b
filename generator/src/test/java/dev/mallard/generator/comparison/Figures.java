package dev.mallard.generator.comparison;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What was measured of one engine; rates in tokens a second.
 *
 * @param promptTokens length of the long prompt, in the engine's own tokens
 * @param prefill rate of the long prompt's tokens, up to the first token of the answer
 * @param decode rate of one answer, after its first token
 * @param atOnce rate of eight answers to eight requests made at once, all together, from the first
 *     token of any to the last of all
 * @param candidates rate of eight candidates of one request, likewise, where the engine has them
 * @param load seconds to load the model
 * @param firstLoad seconds to load it the first time, where the engine then converts it
 */
public record Figures(
    int promptTokens,
    double prefill,
    double decode,
    double atOnce,
    Optional<Double> candidates,
    double load,
    Optional<Double> firstLoad) {

  Figures withCandidates(double rate) {
    return new Figures(promptTokens, prefill, decode, atOnce, Optional.of(rate), load, firstLoad);
  }

  Figures withFirstLoad(double seconds) {
    return new Figures(
        promptTokens, prefill, decode, atOnce, candidates, load, Optional.of(seconds));
  }

  /** How many times another engine's rates these are; the candidates beside its requests. */
  Ratios over(Figures other) {
    return new Ratios(
        prefill / other.prefill,
        decode / other.decode,
        atOnce / other.atOnce,
        candidates.map(rate -> rate / other.atOnce));
  }

  /** The median of each figure. */
  static Figures median(List<Figures> rounds) {
    return new Figures(
        rounds.getFirst().promptTokens,
        middle(rounds, Figures::prefill),
        middle(rounds, Figures::decode),
        middle(rounds, Figures::atOnce),
        middleOfThose(rounds, Figures::candidates),
        middle(rounds, Figures::load),
        middleOfThose(rounds, Figures::firstLoad));
  }

  /** How one engine's figures relate to another's. */
  record Ratios(double prefill, double decode, double atOnce, Optional<Double> candidates) {

    /** The median of each ratio. */
    static Ratios median(List<Ratios> rounds) {
      return new Ratios(
          middle(rounds, Ratios::prefill),
          middle(rounds, Ratios::decode),
          middle(rounds, Ratios::atOnce),
          middleOfThose(rounds, Ratios::candidates));
    }
  }

  private static <T> double middle(List<T> rounds, Function<T, Double> figure) {
    return middle(rounds.stream().map(figure)).orElseThrow();
  }

  private static <T> Optional<Double> middleOfThose(
      List<T> rounds, Function<T, Optional<Double>> figure) {
    return middle(rounds.stream().map(figure).flatMap(Optional::stream));
  }

  private static Optional<Double> middle(Stream<Double> values) {
    List<Double> sorted = values.sorted().toList();
    return sorted.isEmpty() ? Optional.empty() : Optional.of(sorted.get(sorted.size() / 2));
  }
}
