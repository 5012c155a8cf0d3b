package dev.mallard.grammars.digest;

import dev.mallard.grammars.notation.Expression;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What expressions consist of. */
final class Expressions {
  private Expressions() {}

  /** The names that an expression uses, in order. */
  static List<String> names(Expression expression) {
    Set<String> names = new LinkedHashSet<>();
    visit(
        expression,
        part -> {
          if (part instanceof Expression.Name name) {
            names.add(name.name());
          } else if (part instanceof Expression.Call call) {
            names.add(call.name());
          }
        });
    return List.copyOf(names);
  }

  /** The texts that stand in an expression, in order. */
  static List<Expression.Literal> literals(Expression expression) {
    List<Expression.Literal> literals = new ArrayList<>();
    visit(
        expression,
        part -> {
          if (part instanceof Expression.Literal literal) {
            literals.add(literal);
          }
        });
    return literals;
  }

  /** Whether a regular expression stands in it. */
  static boolean hasPattern(Expression expression) {
    List<Expression> patterns = new ArrayList<>();
    visit(
        expression,
        part -> {
          if (part instanceof Expression.Pattern) {
            patterns.add(part);
          }
        });
    return !patterns.isEmpty();
  }

  /** The parts with which it may begin, at least those of which rules consist directly. */
  static Expression beginning(Expression expression) {
    if (expression instanceof Expression.Sequence sequence) {
      List<Expression> parts = new ArrayList<>();
      for (Expression part : sequence.parts()) {
        parts.add(beginning(part));
        if (!(part instanceof Expression.Repeat repeat && repeat.least() == 0)) {
          break;
        }
      }
      return new Expression.Sequence(parts, sequence.position());
    }
    return switch (expression) {
      case Expression.Either either ->
          new Expression.Either(
              either.parts().stream().map(Expressions::beginning).toList(), either.position());
      case Expression.Repeat repeat -> beginning(repeat.of());
      default -> expression;
    };
  }

  /** What may stand for an expression. */
  static List<Expression> alternatives(Expression expression) {
    return expression instanceof Expression.Either either ? either.parts() : List.of(expression);
  }

  private static void visit(Expression expression, Consumer<Expression> visitor) {
    visitor.accept(expression);
    switch (expression) {
      case Expression.Call call -> call.arguments().forEach(part -> visit(part, visitor));
      case Expression.Sequence sequence -> sequence.parts().forEach(part -> visit(part, visitor));
      case Expression.Either either -> either.parts().forEach(part -> visit(part, visitor));
      case Expression.Repeat repeat -> visit(repeat.of(), visitor);
      case Expression.Name _, Expression.Literal _, Expression.Range _, Expression.Pattern _ -> {}
    }
  }
}
