package dev.mallard.grammars.parse;

import dev.mallard.grammars.regex.Automaton;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One way to read a prefix.
 *
 * @param parser after the terminals that are complete
 * @param place what the layout was before the next one
 * @param lexeme the next one
 * @param expectation what may come at that place
 */
record Hypothesis(
    Grammar grammar, ParserState parser, Place place, Lexeme lexeme, Expectation expectation) {

  /**
   * Between two terminals.
   *
   * @param inspection is told of what what may come depends on
   */
  static Hypothesis between(
      Grammar grammar, ParserState parser, Place place, Inspection inspection) {
    return new Hypothesis(
        grammar, parser, place, Lexeme.BETWEEN, grammar.expectation(parser, place, inspection));
  }

  /** The same, in a terminal. */
  Hypothesis with(Lexeme other) {
    return new Hypothesis(grammar, parser, place, other, expectation);
  }

  /**
   * Reads one more byte; hands on what can still become a text of the language.
   *
   * @param inspection is told of what it depends on
   */
  void feed(byte value, Inspection inspection, Consumer<Hypothesis> results) {
    Automaton automaton = grammar.automaton();
    int from = lexeme.isBetween() ? expectation.start() : lexeme.state();
    int next = automaton.step(from, value);
    if (next != Automaton.DEAD) {
      Hypothesis after = with(lexeme.after(automaton, next, value));
      if (after.isViable()) {
        results.accept(after);
      }
    } else if (lexeme.accepted() != Automaton.DEAD) {
      for (Hypothesis after : finish(inspection)) {
        after
            .feed(lexeme.pending(), inspection)
            .forEach(further -> further.feed(value, inspection, results));
      }
    }
  }

  /** Reads more bytes. */
  List<Hypothesis> feed(byte[] values, Inspection inspection) {
    List<Hypothesis> some = List.of(this);
    for (byte value : values) {
      List<Hypothesis> next = new ArrayList<>();
      some.forEach(hypothesis -> hypothesis.feed(value, inspection, next::add));
      some = next;
    }
    return some;
  }

  /**
   * What follows if the terminal ended where something matched last.
   *
   * @param inspection is told of what it depends on
   */
  List<Hypothesis> finish(Inspection inspection) {
    List<Hypothesis> results = new ArrayList<>(1);
    for (int expression : grammar.best(lexeme.accepted())) {
      if (grammar.isIgnored(expression)) {
        Place after = place.afterIgnored(lexeme.brokeLine());
        results.add(between(grammar, parser, after, inspection));
      } else if (expectation.wanted().get(expression)) {
        finish(expression, results, inspection);
      }
    }
    return results;
  }

  private void finish(int terminal, List<Hypothesis> results, Inspection inspection) {
    if (grammar.layout() instanceof Layout.Indentation indentation
        && terminal == indentation.newline()) {
      parser
          .after(terminal, inspection)
          .ifPresent(next -> finishLine(next, indentation, results, inspection));
      return;
    }
    Place after = place.afterTerminal(grammar.opens(terminal), grammar.last(terminal));
    Optional<ParserState> next =
        place.isLineOver() ? Optional.empty() : parser.after(terminal, inspection);
    // A semicolon is left out only before what may not come without one.
    if (next.isEmpty()
        && grammar.layout() instanceof Layout.Semicolons semicolons
        && grammar.mayLackBefore(terminal, place)) {
      next =
          parser
              .after(semicolons.semicolon(), inspection)
              .flatMap(ended -> ended.after(terminal, inspection));
    }
    next.ifPresent(state -> results.add(between(grammar, state, after, inspection)));
  }

  private void finishLine(
      ParserState next,
      Layout.Indentation indentation,
      List<Hypothesis> results,
      Inspection inspection) {
    inspection.blocks();
    Place.Block block = place.block();
    int column = lexeme.column();
    Optional<ParserState> state = Optional.of(next);
    if (Column.isLeftOf(block.column(), column)) {
      state = next.after(indentation.indent(), inspection);
      block = block.inner(column);
    }
    while (Column.isLeftOf(column, block.column()) && block.outer().isPresent()) {
      state = state.flatMap(inner -> inner.after(indentation.dedent(), inspection));
      block = block.outer().get();
    }
    if (column == block.column() && state.isPresent()) {
      results.add(between(grammar, state.get(), place.within(block), inspection));
    }
  }

  /** Whether what is being read may be ignored. */
  boolean mayBeBlank() {
    return lexeme.isBetween() || grammar.mayIgnore(lexeme.state());
  }

  private boolean isViable() {
    return grammar.automaton().alive(lexeme.state()).intersects(expectation.viable());
  }

  /**
   * Whether the text may end here.
   *
   * @param inspection is told of what it depends on
   */
  boolean mayEnd(Inspection inspection) {
    if (lexeme.isBetween()) {
      return mayEnd(parser, inspection);
    }
    if (!lexeme.matches()) {
      return false;
    }
    // The line's end may be that of the text, whatever its column.
    if (grammar.layout() instanceof Layout.Indentation indentation
        && expectation.wanted().get(indentation.newline())
        && Arrays.stream(grammar.best(lexeme.accepted())).anyMatch(i -> i == indentation.newline())
        && mayEndBlocks(parser.after(indentation.newline(), inspection), inspection)) {
      return true;
    }
    return finish(inspection).stream().anyMatch(after -> after.mayEnd(inspection));
  }

  private boolean mayEnd(ParserState state, Inspection inspection) {
    return switch (grammar.layout()) {
      case Layout.Free _ -> state.mayEnd(inspection);
      case Layout.Semicolons(int semicolon) ->
          state.mayEnd(inspection)
              || state
                  .after(semicolon, inspection)
                  .filter(next -> next.mayEnd(inspection))
                  .isPresent();
      case Layout.Indentation indentation ->
          place.brackets() == 0
              && (mayEndBlocks(Optional.of(state), inspection)
                  || mayEndBlocks(state.after(indentation.newline(), inspection), inspection));
    };
  }

  private boolean mayEndBlocks(Optional<ParserState> state, Inspection inspection) {
    Optional<ParserState> outer = state;
    if (grammar.layout() instanceof Layout.Indentation indentation) {
      inspection.blocks();
      for (Place.Block block = place.block();
          block.outer().isPresent();
          block = block.outer().get()) {
        outer = outer.flatMap(inner -> inner.after(indentation.dedent(), inspection));
      }
    }
    return outer.filter(next -> next.mayEnd(inspection)).isPresent();
  }

  /** Whether it goes on as another does. */
  boolean isSame(Hypothesis other) {
    return parser == other.parser && lexeme.isSame(other.lexeme) && place.equals(other.place);
  }
}
