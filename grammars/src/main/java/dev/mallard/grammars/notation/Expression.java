package dev.mallard.grammars.notation;

import java.util.List;

/** What stands on the right side of a rule or of a terminal. */
public sealed interface Expression {
  Position position();

  /** A rule, a terminal, or a template's parameter. */
  record Name(String name, Position position) implements Expression {}

  /** A template with what is put in for its parameters. */
  record Call(String name, List<Expression> arguments, Position position) implements Expression {}

  /** A text, in one case of letters or in both. */
  record Literal(String text, boolean anyCase, Position position) implements Expression {}

  /** One character out of a range. */
  record Range(int first, int last, Position position) implements Expression {}

  /** A regular expression. */
  record Pattern(String regex, String flags, Position position) implements Expression {}

  /** One after the other. */
  record Sequence(List<Expression> parts, Position position) implements Expression {}

  /** Any of some. */
  record Either(List<Expression> parts, Position position) implements Expression {}

  /**
   * Some times.
   *
   * @param most -1 for no limit
   */
  record Repeat(Expression of, int least, int most, Position position) implements Expression {}
}
