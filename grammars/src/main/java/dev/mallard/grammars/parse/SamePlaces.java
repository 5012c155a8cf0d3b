package dev.mallard.grammars.parse;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;

/**
 * Which terminals may come at the same place. What it finds is true of some text; it does not find
 * every pair, since it does not look at the whole stack. What may follow a reduction is found as
 * DeRemer and Pennello do (Efficient Computation of LALR(1) Look-Ahead Sets, TOPLAS 1982).
 */
public final class SamePlaces {
  /** A terminal of the one set and one of the other may come at the same place. */
  private record Pair(BitSet one, BitSet other) {
    boolean contains(int first, int second) {
      return (one.get(first) && other.get(second)) || (one.get(second) && other.get(first));
    }
  }

  /** A nonterminal that may be read in a state. */
  private record Move(int state, int nonterminal) {}

  /** A production that is complete in a state. */
  private record Reduction(int state, int production) {}

  private final Productions productions;
  private final LrTable table;

  /** The terminals that may come in each state, whatever was read before it. */
  private final List<BitSet> here = new ArrayList<>();

  /** The terminals that may follow. */
  private final Map<Move, BitSet> follow = new HashMap<>();

  /** Where what may follow a move, may follow others too. */
  private final Map<Move, Set<Move>> includes = new HashMap<>();

  private final Map<Reduction, Set<Move>> makes = new HashMap<>();
  private final Set<Pair> pairs = new LinkedHashSet<>();

  SamePlaces(Productions productions, LrTable table) {
    this.productions = productions;
    this.table = table;
    findHere();
    findMoves();
    findFollow();
    findPairs();
  }

  /** Whether two terminals are known to be possible at the same place. */
  public boolean share(int first, int second) {
    return pairs.stream().anyMatch(pair -> pair.contains(first, second));
  }

  private void findHere() {
    for (int state = 0; state < table.states(); state++) {
      BitSet terminals = new BitSet();
      for (int terminal = 0; terminal < productions.terminals(); terminal++) {
        terminals.set(terminal, table.successor(state, terminal) != LrTable.NONE);
      }
      here.add(terminals);
    }
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int state = 0; state < table.states(); state++) {
        for (int symbol = productions.terminals(); symbol < productions.symbols(); symbol++) {
          int next = table.successor(state, symbol);
          if (next != LrTable.NONE && productions.isNullable(symbol)) {
            changed |= add(here.get(state), here.get(next));
          }
        }
      }
    }
  }

  private static boolean add(BitSet to, BitSet more) {
    int before = to.cardinality();
    to.or(more);
    return to.cardinality() != before;
  }

  private void findMoves() {
    for (int state = 0; state < table.states(); state++) {
      for (int symbol = productions.terminals(); symbol < productions.symbols(); symbol++) {
        int next = table.successor(state, symbol);
        if (next != LrTable.NONE) {
          Move move = new Move(state, symbol);
          follow.put(move, (BitSet) here.get(next).clone());
          for (int production : productions.of(symbol)) {
            walk(move, production);
          }
        }
      }
    }
  }

  private void walk(Move move, int production) {
    int[] right = productions.get(production).right();
    int last = right.length - 1;
    while (last >= 0 && productions.isNullable(right[last])) {
      last--;
    }
    int state = move.state();
    for (int i = 0; i < right.length; i++) {
      if (i >= last && right[i] >= productions.terminals()) {
        includes.computeIfAbsent(move, _ -> new LinkedHashSet<>()).add(new Move(state, right[i]));
      }
      state = table.successor(state, right[i]);
    }
    makes.computeIfAbsent(new Reduction(state, production), _ -> new LinkedHashSet<>()).add(move);
  }

  private void findFollow() {
    SequencedSet<Move> open = new LinkedHashSet<>(includes.keySet());
    while (!open.isEmpty()) {
      Move move = open.removeFirst();
      for (Move included : includes.getOrDefault(move, Set.of())) {
        if (add(follow(included), follow(move))) {
          open.add(included);
        }
      }
    }
  }

  private BitSet follow(Move move) {
    return follow.getOrDefault(move, new BitSet());
  }

  private void findPairs() {
    for (int state = 0; state < table.states(); state++) {
      BitSet always = here.get(state);
      pairs.add(new Pair(always, always));
      Map<Integer, BitSet> from = new HashMap<>();
      for (int production : table.reductions(state)) {
        BitSet ahead = new BitSet();
        for (Move move : makes.getOrDefault(new Reduction(state, production), Set.of())) {
          ahead.or(follow(move));
          from.computeIfAbsent(move.state(), _ -> (BitSet) always.clone())
              .or(here.get(table.successor(move.state(), move.nonterminal())));
        }
        pairs.add(new Pair(always, ahead));
      }
      from.values().forEach(together -> pairs.add(new Pair(together, together)));
    }
  }
}
