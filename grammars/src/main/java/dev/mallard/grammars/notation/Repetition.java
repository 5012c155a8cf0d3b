package dev.mallard.grammars.notation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.IntSupplier;

/**
 * Productions of what is repeated. Numbers of times are made of powers of two, in one way each, so
 * that a thousand times need some twenty productions.
 */
final class Repetition {
  private final IntSupplier nonterminal;
  private final BiConsumer<Integer, List<Integer>> production;

  /** What makes 1, 2, 4 ... times. */
  private final List<List<Integer>> powers = new ArrayList<>();

  /** What makes from no to so many times. */
  private final Map<Integer, List<Integer>> atMost = new HashMap<>(Map.of(0, List.of()));

  /**
   * Makes productions.
   *
   * @param once the symbols that are repeated
   * @param nonterminal makes one
   * @param production receives left and right sides
   */
  Repetition(
      List<Integer> once, IntSupplier nonterminal, BiConsumer<Integer, List<Integer>> production) {
    this.nonterminal = nonterminal;
    this.production = production;
    powers.add(once);
  }

  /**
   * Makes a nonterminal of as many times as are allowed.
   *
   * @param most -1 for no limit
   */
  void define(int symbol, int least, int most) {
    if (least == 0 && most > 0) {
      defineAtMost(symbol, most);
      return;
    }
    List<Integer> some = exactly(least);
    if (most > least) {
      some.addAll(atMost(most - least));
    }
    production.accept(symbol, some);
    if (most < 0) {
      List<Integer> again = new ArrayList<>(List.of(symbol));
      again.addAll(powers.getFirst());
      production.accept(symbol, again);
    }
  }

  private List<Integer> exactly(int times) {
    List<Integer> symbols = new ArrayList<>();
    for (int rest = times; rest > 0; rest -= Integer.highestOneBit(rest)) {
      symbols.addAll(power(Integer.highestOneBit(rest)));
    }
    return symbols;
  }

  private List<Integer> power(int times) {
    int exponent = Integer.numberOfTrailingZeros(times);
    while (powers.size() <= exponent) {
      int twice = nonterminal.getAsInt();
      List<Integer> right = new ArrayList<>(powers.getLast());
      right.addAll(powers.getLast());
      production.accept(twice, right);
      powers.add(List.of(twice));
    }
    return powers.get(exponent);
  }

  private List<Integer> atMost(int times) {
    List<Integer> known = atMost.get(times);
    if (known == null) {
      int symbol = nonterminal.getAsInt();
      known = List.of(symbol);
      atMost.put(times, known);
      defineAtMost(symbol, times);
    }
    return known;
  }

  private void defineAtMost(int symbol, int times) {
    int half = Integer.highestOneBit(times);
    production.accept(symbol, atMost(half - 1));
    List<Integer> more = new ArrayList<>(power(half));
    more.addAll(atMost(times - half));
    production.accept(symbol, more);
  }
}
