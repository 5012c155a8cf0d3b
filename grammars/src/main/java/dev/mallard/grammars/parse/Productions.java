package dev.mallard.grammars.parse;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A context-free grammar in Backus-Naur form. Symbols are numbers: terminals from 0 on, of which
 * the last is the end of the text, then nonterminals. Production 0 makes the first nonterminal of
 * the start symbol.
 */
final class Productions {
  private final int terminals;
  private final int symbols;
  private final List<Production> all;
  private final List<List<Integer>> ofSymbol = new ArrayList<>();
  private final BitSet nullable = new BitSet();
  private final BitSet[] first;
  private final BitSet[] follow;

  /**
   * Analyses a grammar.
   *
   * @param terminals how many, the end of the text included
   * @param symbols how many in all
   * @param all the first of which is {@code S' -> start}
   */
  Productions(int terminals, int symbols, List<Production> all) {
    this.terminals = terminals;
    this.symbols = symbols;
    this.all = List.copyOf(all);
    first = new BitSet[symbols];
    follow = new BitSet[symbols];
    for (int symbol = 0; symbol < symbols; symbol++) {
      ofSymbol.add(new ArrayList<>());
      first[symbol] = new BitSet();
      follow[symbol] = new BitSet();
      if (symbol < terminals) {
        first[symbol].set(symbol);
      }
    }
    for (int i = 0; i < all.size(); i++) {
      ofSymbol.get(all.get(i).left()).add(i);
    }
    findFirst();
    findFollow();
  }

  private void findFirst() {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Production production : all) {
        int before = first[production.left()].cardinality();
        boolean empty = true;
        for (int symbol : production.right()) {
          first[production.left()].or(first[symbol]);
          if (!nullable.get(symbol)) {
            empty = false;
            break;
          }
        }
        if (empty && !nullable.get(production.left())) {
          nullable.set(production.left());
          changed = true;
        }
        changed |= first[production.left()].cardinality() != before;
      }
    }
  }

  private void findFollow() {
    follow[all.getFirst().left()].set(end());
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Production production : all) {
        BitSet after = (BitSet) follow[production.left()].clone();
        int[] right = production.right();
        for (int i = right.length - 1; i >= 0; i--) {
          int symbol = right[i];
          if (symbol >= terminals) {
            int before = follow[symbol].cardinality();
            follow[symbol].or(after);
            changed |= follow[symbol].cardinality() != before;
          }
          if (nullable.get(symbol)) {
            after.or(first[symbol]);
          } else {
            after = (BitSet) first[symbol].clone();
          }
        }
      }
    }
  }

  int terminals() {
    return terminals;
  }

  int symbols() {
    return symbols;
  }

  /** The terminal that stands for the end of the text. */
  int end() {
    return terminals - 1;
  }

  int count() {
    return all.size();
  }

  Production get(int production) {
    return all.get(production);
  }

  List<Integer> of(int nonterminal) {
    return ofSymbol.get(nonterminal);
  }

  /** Whether the empty text is one of a symbol. */
  boolean isNullable(int symbol) {
    return nullable.get(symbol);
  }

  /** The terminals that may stand after a nonterminal. */
  BitSet follow(int nonterminal) {
    return follow[nonterminal];
  }
}
