package dev.mallard.grammars.notation;

import dev.mallard.grammars.parse.Grammar;
import dev.mallard.grammars.parse.SamePlaces;
import dev.mallard.grammars.parse.Terminal;
import dev.mallard.grammars.regex.Automaton;
import dev.mallard.grammars.regex.Regex;
import dev.mallard.grammars.regex.RegexFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds terminals that match no text, and two of one priority that match the same text where both
 * may come. Left out are texts of the rules, which are taken before other terminals or, if they are
 * soft, are meant to be names too; and what is ignored.
 */
final class AmbiguityCheck {
  /** A terminal that is not a text of the rules. */
  record Candidate(int symbol, Position position) {}

  private final Grammar grammar;
  private final Automaton automaton;
  private Optional<SamePlaces> places = Optional.empty();

  private AmbiguityCheck(Grammar grammar, RegexFactory factory) {
    this.grammar = grammar;
    automaton = new Automaton(factory, List.of());
  }

  /**
   * Looks at each terminal, and at each two.
   *
   * @param factory made the expressions of the grammar's terminals
   */
  static void check(Grammar grammar, RegexFactory factory, List<Candidate> candidates) {
    AmbiguityCheck check = new AmbiguityCheck(grammar, factory);
    List<Candidate> sorted = new ArrayList<>(candidates);
    sorted.sort(
        Comparator.<Candidate>comparingInt(candidate -> candidate.position().line())
            .thenComparingInt(candidate -> candidate.position().column()));
    for (int second = 0; second < sorted.size(); second++) {
      check.checkMatchable(sorted.get(second));
      for (int first = 0; first < second; first++) {
        check.compare(sorted.get(first), sorted.get(second));
      }
    }
  }

  private void checkMatchable(Candidate candidate) {
    Terminal terminal = grammar.terminals().get(candidate.symbol());
    if (!automaton.isMatchable(List.of(terminal.regex().orElseThrow()))) {
      throw candidate.position().error(terminal.name() + " matches no text");
    }
  }

  private void compare(Candidate first, Candidate second) {
    Terminal one = grammar.terminals().get(first.symbol());
    Terminal other = grammar.terminals().get(second.symbol());
    if (one.priority() != other.priority()) {
      return;
    }
    List<Regex> both = List.of(one.regex().orElseThrow(), other.regex().orElseThrow());
    if (!automaton.isMatchable(both) || !places().share(first.symbol(), second.symbol())) {
      return;
    }
    String text = new String(automaton.shortest(both).orElseThrow(), StandardCharsets.UTF_8);
    throw second
        .position()
        .error(
            ("%s and %s both match \"%s\", and both may come at the same place; "
                    + "give one of them a priority, as in NAME.1")
                .formatted(one.name(), other.name(), Escapes.show(text)));
  }

  private SamePlaces places() {
    SamePlaces known = places.orElseGet(grammar::samePlaces);
    places = Optional.of(known);
    return known;
  }
}
