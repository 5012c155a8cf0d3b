package dev.mallard.generator.tokenizer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Turns a SentencePiece vocabulary, whose entries have scores, into the ordered merges of byte-pair
 * encoding.
 *
 * <p>SentencePiece joins the neighbours whose union has the highest score; so every way of cutting
 * an entry in two entries is a merge, and merges come by the score of what they make (Kudo and
 * Richardson, arXiv 1808.06226).
 */
final class ScoreMerges {
  private ScoreMerges() {}

  /** Two entries that become one. */
  record Merge(String left, String right, double score) {}

  /**
   * All merges, the first to be applied first.
   *
   * @param scores of the entries that text can become, by their spelling
   */
  static List<Merge> of(Map<String, Double> scores) {
    List<Merge> merges = new ArrayList<>();
    scores.forEach((token, score) -> {
      for (int cut = 1; cut < token.length(); cut++) {
        String left = token.substring(0, cut);
        String right = token.substring(cut);
        if (scores.containsKey(left) && scores.containsKey(right)) {
          merges.add(new Merge(left, right, score));
        }
      }
    });
    merges.sort(Comparator.comparingDouble(Merge::score).reversed());
    return merges;
  }
}
