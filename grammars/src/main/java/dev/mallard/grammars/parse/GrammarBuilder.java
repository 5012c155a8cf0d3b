package dev.mallard.grammars.parse;

import dev.mallard.grammars.GrammarException;
import dev.mallard.grammars.regex.Regex;
import dev.mallard.grammars.regex.RegexFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Collects the parts of a {@link Grammar}. Terminals have numbers from 0 on, nonterminals negative
 * ones from -1 down.
 */
public final class GrammarBuilder {
  private record Place(int line, int column) {}

  private final RegexFactory factory;
  private Layout layout = new Layout.Free();
  private final List<Terminal> terminals = new ArrayList<>();
  private final List<String> nonterminals = new ArrayList<>();
  private final List<Regex> ignored = new ArrayList<>();
  private final Set<Contexts.Rule> rules = new LinkedHashSet<>();
  private final Map<Integer, Place> places = new HashMap<>();
  private final Contexts contexts = new Contexts();

  public GrammarBuilder(RegexFactory factory) {
    this.factory = factory;
  }

  /** Adds a terminal, and gives its number. */
  public int terminal(Terminal terminal) {
    terminals.add(terminal);
    return terminals.size() - 1;
  }

  /** Adds a nonterminal, and gives its number. */
  public int nonterminal(String name) {
    nonterminals.add(name);
    return -nonterminals.size();
  }

  /** Says where a nonterminal is defined, for messages. */
  public void defined(int nonterminal, int line, int column) {
    places.put(nonterminal, new Place(line, column));
  }

  /** Says what line breaks mean; nothing, if it is not said. */
  public void layout(Layout meaning) {
    layout = meaning;
  }

  /** Adds what may stand between terminals. */
  public void ignore(Regex regex) {
    ignored.add(regex);
  }

  /** Adds a production. */
  public void production(int left, List<Integer> right) {
    // What consists of nothing but itself says nothing.
    if (right.size() != 1 || right.getFirst() != left) {
      rules.add(new Contexts.Rule(left, List.copyOf(right)));
    }
  }

  /** Allows a symbol only within a nonterminal, and where this is said of other nonterminals. */
  public void within(int nonterminal, int symbol) {
    contexts.within(nonterminal, symbol);
  }

  /** Says that what is within a nonterminal is not within those around it. */
  public void afresh(int nonterminal) {
    contexts.afresh(nonterminal);
  }

  /**
   * Makes the grammar.
   *
   * @param start what a whole text is
   * @throws GrammarException if a rule can never be complete
   */
  public Grammar build(int start) {
    checkProductive();
    Contexts.Result result =
        contexts.apply(start, rules, like -> nonterminal(nonterminals.get(-like - 1)));
    int count = terminals.size() + 1;
    List<Production> productions = new ArrayList<>();
    productions.add(
        new Production(count + nonterminals.size(), new int[] {symbol(result.start())}));
    for (Contexts.Rule rule : result.rules()) {
      productions.add(
          new Production(
              symbol(rule.left()), rule.right().stream().mapToInt(this::symbol).toArray()));
    }
    return new Grammar(
        terminals,
        ignored,
        factory,
        new Productions(count, count + nonterminals.size() + 1, productions),
        layout);
  }

  private int symbol(int number) {
    return number >= 0 ? number : terminals.size() - number;
  }

  private void checkProductive() {
    Set<Integer> productive =
        Contexts.productive(rules).stream().map(Contexts.Rule::left).collect(Collectors.toSet());
    places.forEach((nonterminal, place) -> {
      if (!productive.contains(nonterminal)) {
        throw new GrammarException(
            "the rule %s can never be complete, since it always contains itself"
                .formatted(nonterminals.get(-nonterminal - 1)),
            place.line(),
            place.column());
      }
    });
  }
}
