package dev.mallard.grammars.digest;

import dev.mallard.grammars.notation.Definition;
import dev.mallard.grammars.notation.Expression;
import dev.mallard.grammars.notation.GrammarText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes out of rules what only helps the lexer: a terminal that is one text is written as that, and
 * two texts between which nothing may stand as one.
 */
final class Simplification {
  private final GrammarText grammar;
  private final Set<String> adjacent;

  Simplification(GrammarText grammar) {
    this.grammar = grammar;
    adjacent = grammar.adjacent().stream().map(Expression.Name::name).collect(Collectors.toSet());
  }

  Expression of(Expression expression) {
    return switch (expression) {
      case Expression.Name name -> name(name);
      case Expression.Call call ->
          new Expression.Call(
              call.name(), call.arguments().stream().map(this::of).toList(), call.position());
      case Expression.Sequence sequence -> sequence(sequence);
      case Expression.Either either ->
          new Expression.Either(either.parts().stream().map(this::of).toList(), either.position());
      case Expression.Repeat repeat ->
          new Expression.Repeat(of(repeat.of()), repeat.least(), repeat.most(), repeat.position());
      case Expression.Literal literal -> literal;
      case Expression.Range range -> range;
      case Expression.Pattern pattern -> pattern;
    };
  }

  private Expression name(Expression.Name name) {
    Definition definition = grammar.definitions().get(name.name());
    return definition != null
            && definition.isTerminal()
            && definition.expression() instanceof Expression.Literal literal
        ? literal
        : name;
  }

  private Expression sequence(Expression.Sequence sequence) {
    List<Expression> parts = new ArrayList<>();
    for (Expression part : sequence.parts()) {
      Expression simple = of(part);
      if (part instanceof Expression.Name name
          && adjacent.contains(name.name())
          && simple instanceof Expression.Literal next
          && !parts.isEmpty()
          && parts.getLast() instanceof Expression.Literal last) {
        parts.removeLast();
        parts.add(
            new Expression.Literal(last.text() + next.text(), last.anyCase(), last.position()));
      } else {
        parts.add(simple);
      }
    }
    return parts.size() == 1
        ? parts.getFirst()
        : new Expression.Sequence(parts, sequence.position());
  }
}
