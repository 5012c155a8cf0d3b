package dev.mallard.grammars.parse;

import dev.mallard.grammars.GrammarException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The LR(0) automaton of a grammar, with the terminals that may follow a reduction by SLR (DeRemer,
 * Simple LR(k) Grammars, CACM 1971). Conflicts are kept: the parser follows all.
 */
final class LrTable {
  /** No state. */
  static final int NONE = -1;

  /** Numbers of states and of symbols, multiplied. */
  private static final long MOST_MOVES = 20_000_000;

  private static final int MOST_STATES = 50_000;

  private final Productions productions;
  private final List<int[]> kernels = new ArrayList<>();

  /** By state, the symbols that lead on from it, in order, and where each leads. */
  private final List<int[]> symbols = new ArrayList<>();

  private final List<int[]> successors = new ArrayList<>();
  private final List<int[]> reductions = new ArrayList<>();
  private final List<BitSet> expected = new ArrayList<>();
  private final int[] itemStart;
  private final int[] itemProduction;

  LrTable(Productions productions) {
    this.productions = productions;
    itemStart = new int[productions.count() + 1];
    for (int i = 0; i < productions.count(); i++) {
      itemStart[i + 1] = itemStart[i] + productions.get(i).right().length + 1;
    }
    itemProduction = new int[itemStart[productions.count()]];
    for (int i = 0; i < productions.count(); i++) {
      Arrays.fill(itemProduction, itemStart[i], itemStart[i + 1], i);
    }
    build();
  }

  private void build() {
    Map<List<Integer>, Integer> numbers = new HashMap<>();
    numbers.put(List.of(itemStart[0]), 0);
    kernels.add(new int[] {itemStart[0]});
    for (int state = 0; state < kernels.size(); state++) {
      if (kernels.size() > MOST_STATES
          || (long) kernels.size() * productions.symbols() > MOST_MOVES) {
        throw new GrammarException("the grammar is too large; make its rules fewer", 1, 1);
      }
      NavigableMap<Integer, TreeSet<Integer>> moves = new TreeMap<>();
      TreeSet<Integer> complete = new TreeSet<>();
      for (int item : closure(kernels.get(state))) {
        int production = itemProduction[item];
        int[] right = productions.get(production).right();
        int dot = item - itemStart[production];
        if (dot == right.length) {
          complete.add(production);
        } else {
          moves.computeIfAbsent(right[dot], _ -> new TreeSet<>()).add(item + 1);
        }
      }
      BitSet terminals = new BitSet();
      List<Integer> next = new ArrayList<>();
      moves.forEach((symbol, items) -> {
        List<Integer> kernel = List.copyOf(items);
        Integer known = numbers.get(kernel);
        if (known == null) {
          known = kernels.size();
          numbers.put(kernel, known);
          kernels.add(kernel.stream().mapToInt(Integer::intValue).toArray());
        }
        next.add(known);
        if (symbol < productions.terminals()) {
          terminals.set(symbol);
        }
      });
      complete.forEach(
          production -> terminals.or(productions.follow(productions.get(production).left())));
      symbols.add(moves.keySet().stream().mapToInt(Integer::intValue).toArray());
      successors.add(next.stream().mapToInt(Integer::intValue).toArray());
      reductions.add(complete.stream().mapToInt(Integer::intValue).toArray());
      expected.add(terminals);
    }
  }

  private List<Integer> closure(int[] kernel) {
    List<Integer> items = new ArrayList<>();
    BitSet seen = new BitSet();
    BitSet opened = new BitSet();
    for (int item : kernel) {
      items.add(item);
      seen.set(item);
    }
    for (int i = 0; i < items.size(); i++) {
      int production = itemProduction[items.get(i)];
      int[] right = productions.get(production).right();
      int dot = items.get(i) - itemStart[production];
      if (dot < right.length && right[dot] >= productions.terminals() && !opened.get(right[dot])) {
        opened.set(right[dot]);
        for (int opening : productions.of(right[dot])) {
          if (!seen.get(itemStart[opening])) {
            seen.set(itemStart[opening]);
            items.add(itemStart[opening]);
          }
        }
      }
    }
    return items;
  }

  /** How many states there are; they have numbers from 0 on. */
  int states() {
    return kernels.size();
  }

  /** Where a symbol leads, or {@link #NONE}. */
  int successor(int state, int symbol) {
    int index = Arrays.binarySearch(symbols.get(state), symbol);
    return index < 0 ? NONE : successors.get(state)[index];
  }

  /** The productions whose right side may be complete in a state. */
  int[] reductions(int state) {
    return reductions.get(state);
  }

  /** Whether a terminal may follow a reduction by a production. */
  boolean mayFollow(int production, int terminal) {
    return productions.follow(productions.get(production).left()).get(terminal);
  }

  /** The terminals of which some may come next, and no other; for some stacks of a state, fewer. */
  BitSet expected(int state) {
    return expected.get(state);
  }
}
