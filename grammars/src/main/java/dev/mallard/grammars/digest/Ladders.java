package dev.mallard.grammars.digest;

import dev.mallard.grammars.notation.Definition;
import dev.mallard.grammars.notation.Expression;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds rules that do nothing but say how operators bind. */
final class Ladders {
  /** Fewer levels are read as easily one by one. */
  private static final int FEWEST_LEVELS = 3;

  private static final Set<String> SEPARATORS = Set.of(",", ";");

  /**
   * What a rule is, if it is a level.
   *
   * @param next the rule that it falls through to
   * @param operands other rules that its operators are applied to
   */
  private record Step(String next, Set<String> operands, List<String> operators) {}

  private final Map<String, Expression> rules;
  private final Function<String, Optional<List<String>>> texts;
  private final Map<String, Optional<String>> signs = new HashMap<>();

  /**
   * Looks among rules.
   *
   * @param rules that have no parameters, in the order of the grammar
   * @param texts of a terminal, if they are few
   */
  Ladders(Map<String, Expression> rules, Function<String, Optional<List<String>>> texts) {
    this.rules = rules;
    this.texts = texts;
  }

  /** Ladders, none of whose rules is in another. */
  List<Ladder> find() {
    Map<String, Step> steps = new LinkedHashMap<>();
    rules.forEach(
        (name, expression) -> step(name, expression).ifPresent(step -> steps.put(name, step)));
    Set<String> inner = steps.values().stream().map(Step::next).collect(Collectors.toSet());
    Set<String> taken = new HashSet<>();
    List<Ladder> ladders = new ArrayList<>();
    for (String top : steps.keySet()) {
      if (!inner.contains(top)) {
        climb(top, steps, taken)
            .ifPresent(ladder -> {
              ladders.add(ladder);
              taken.addAll(ladder.rules());
            });
      }
    }
    return ladders;
  }

  private static Optional<Ladder> climb(String top, Map<String, Step> steps, Set<String> taken) {
    Set<String> seen = new LinkedHashSet<>();
    List<Ladder.Level> levels = new ArrayList<>();
    String rule = top;
    while (true) {
      Step step = steps.get(rule);
      if (step == null || taken.contains(rule) || !seen.add(rule)) {
        break;
      }
      if (!seen.containsAll(step.operands())) {
        seen.remove(rule);
        break;
      }
      levels.add(new Ladder.Level(rule, step.operators()));
      rule = step.next();
    }
    return levels.size() < FEWEST_LEVELS || seen.contains(rule)
        ? Optional.empty()
        : Optional.of(new Ladder(levels, rule));
  }

  private Optional<Step> step(String rule, Expression expression) {
    List<Expression> alternatives =
        expression instanceof Expression.Either either ? either.parts() : List.of(expression);
    Set<String> through = new HashSet<>();
    Set<String> operands = new HashSet<>();
    List<String> operators = new ArrayList<>();
    for (Expression alternative : alternatives) {
      List<Expression> parts =
          alternative instanceof Expression.Sequence s ? s.parts() : List.of(alternative);
      if (!read(parts, through, operands, operators)) {
        return Optional.empty();
      }
    }
    operands.removeAll(through);
    operands.remove(rule);
    return through.size() == 1 && !operators.isEmpty() && !through.contains(rule)
        ? Optional.of(new Step(through.iterator().next(), operands, List.copyOf(operators)))
        : Optional.empty();
  }

  /** Reads an alternative; false if it is not made of operators and operands. */
  private boolean read(
      List<Expression> parts, Set<String> through, Set<String> operands, List<String> operators) {
    if (parts.isEmpty()) {
      return false;
    }
    Optional<String> first = operand(parts.getFirst());
    Optional<String> last = operand(parts.getLast());
    first.ifPresent(operands::add);
    last.ifPresent(operands::add);
    if (parts.size() == 1) {
      first.ifPresent(through::add);
      return first.isPresent();
    }
    if (parts.size() == 2
        && first.isPresent()
        && parts.getLast() instanceof Expression.Repeat repeat
        && repeat.least() == 0
        && repeat.of() instanceof Expression.Sequence again) {
      first.ifPresent(through::add);
      Optional<String> right = operand(again.parts().getLast());
      right.ifPresent(operands::add);
      return right.isPresent()
          && add(operators, "", again.parts().subList(0, again.parts().size() - 1));
    }
    if (first.isPresent()) {
      return last.isPresent()
          ? add(operators, "", parts.subList(1, parts.size() - 1))
          : add(operators, "postfix ", parts.subList(1, parts.size()));
    }
    if (last.isPresent() && parts.getFirst() instanceof Expression.Repeat optional) {
      last.ifPresent(through::add);
      return parts.size() == 2
          && optional.least() == 0
          && optional.most() == 1
          && add(operators, "prefix ", List.of(optional.of()));
    }
    return last.isPresent() && add(operators, "prefix ", parts.subList(0, parts.size() - 1));
  }

  private boolean add(List<String> operators, String kind, List<Expression> parts) {
    Optional<String> sign = parts.isEmpty() ? Optional.empty() : signs(parts);
    sign.ifPresent(text -> operators.add(kind + text));
    return sign.isPresent();
  }

  private Optional<String> operand(Expression expression) {
    return expression instanceof Expression.Name name
            && rules.containsKey(name.name())
            && sign(expression).isEmpty()
        ? Optional.of(name.name())
        : Optional.empty();
  }

  /** What an expression of nothing but operators looks like. */
  private Optional<String> sign(Expression expression) {
    return switch (expression) {
      // What separates the parts of a list is no operator.
      case Expression.Literal literal when SEPARATORS.contains(literal.text()) -> Optional.empty();
      case Expression.Literal literal -> Optional.of(plain(literal.text()));
      case Expression.Name name -> named(name.name());
      case Expression.Sequence sequence -> signs(sequence.parts());
      case Expression.Either either -> signs(either.parts());
      case Expression.Repeat repeat when repeat.least() == 0 && repeat.most() == 1 ->
          sign(repeat.of()).map(inner -> "[" + inner + "]");
      default -> Optional.empty();
    };
  }

  private Optional<String> named(String name) {
    if (Definition.isTerminal(name)) {
      return texts
          .apply(name)
          .map(all -> all.stream().map(Ladders::plain).collect(Collectors.joining(" ")));
    }
    Optional<String> known = signs.get(name);
    if (known == null) {
      // What contains itself is no sign.
      signs.put(name, Optional.empty());
      known = Optional.ofNullable(rules.get(name)).flatMap(this::sign);
      signs.put(name, known);
    }
    return known;
  }

  private Optional<String> signs(List<Expression> parts) {
    List<String> texts = new ArrayList<>();
    for (Expression part : parts) {
      Optional<String> text = sign(part);
      if (text.isEmpty()) {
        return text;
      }
      texts.add(text.get());
    }
    return texts.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", texts));
  }

  private static String plain(String text) {
    return text.chars().anyMatch(c -> Character.isWhitespace(c) || c == ',' || c == '[')
        ? ExpressionWriter.quoted(text)
        : text;
  }
}
