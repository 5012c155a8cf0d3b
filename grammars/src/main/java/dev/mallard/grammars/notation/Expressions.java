package dev.mallard.grammars.notation;

import java.util.List;
import java.util.Map;

/** What is asked of expressions of every kind. */
final class Expressions {
  private Expressions() {}

  /** An expression without its places in the text, by which equal ones are found again. */
  static Object plain(Expression expression) {
    return switch (expression) {
      case Expression.Name n -> List.of("name", n.name());
      case Expression.Call c ->
          List.of("call", c.name(), c.arguments().stream().map(Expressions::plain).toList());
      case Expression.Literal l -> List.of("literal", l.text(), l.anyCase());
      case Expression.Range r -> List.of("range", r.first(), r.last());
      case Expression.Pattern p -> List.of("pattern", p.regex(), p.flags());
      case Expression.Sequence s ->
          List.of("sequence", s.parts().stream().map(Expressions::plain).toList());
      case Expression.Either e ->
          List.of("either", e.parts().stream().map(Expressions::plain).toList());
      case Expression.Repeat r -> List.of("repeat", plain(r.of()), r.least(), r.most());
    };
  }

  /** Of how many parts some expressions consist. */
  static int size(List<Expression> expressions) {
    int size = 0;
    for (Expression expression : expressions) {
      size +=
          switch (expression) {
            case Expression.Call c -> 1 + size(c.arguments());
            case Expression.Sequence s -> 1 + size(s.parts());
            case Expression.Either e -> 1 + size(e.parts());
            case Expression.Repeat r -> 1 + size(List.of(r.of()));
            default -> 1;
          };
    }
    return size;
  }

  /** An expression with a template's parameters replaced by what it is given. */
  static Expression substitute(Expression expression, Map<String, Expression> bound) {
    if (bound.isEmpty()) {
      return expression;
    }
    return switch (expression) {
      case Expression.Name n -> bound.getOrDefault(n.name(), n);
      case Expression.Call c ->
          new Expression.Call(c.name(), substitute(c.arguments(), bound), c.position());
      case Expression.Sequence s ->
          new Expression.Sequence(substitute(s.parts(), bound), s.position());
      case Expression.Either e -> new Expression.Either(substitute(e.parts(), bound), e.position());
      case Expression.Repeat r ->
          new Expression.Repeat(substitute(r.of(), bound), r.least(), r.most(), r.position());
      case Expression.Literal l -> l;
      case Expression.Range r -> r;
      case Expression.Pattern p -> p;
    };
  }

  private static List<Expression> substitute(
      List<Expression> expressions, Map<String, Expression> bound) {
    return expressions.stream().map(expression -> substitute(expression, bound)).toList();
  }
}
