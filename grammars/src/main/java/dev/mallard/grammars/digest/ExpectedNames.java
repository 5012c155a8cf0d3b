package dev.mallard.grammars.digest;

import dev.mallard.grammars.notation.Definition;
import dev.mallard.grammars.notation.Expression;
import dev.mallard.grammars.notation.GrammarText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Says in few words which terminals may come: rules and groups for many of them. */
final class ExpectedNames {
  static final String BLOCK = "an indented block";

  /** Most names, the last of which may be that there are more. */
  static final int MOST = 12;

  /** Fewer terminals are named one by one. */
  private static final int SMALLEST_GROUP = 4;

  /** How much of the largest group a rule that is better known must have. */
  private static final double NEARLY_ALL = 0.8;

  private final GrammarText grammar;
  private final Outline outline;
  private final FirstTerminals firsts;
  private final Remarks remarks;
  private final Map<String, Integer> uses = new HashMap<>();

  /** Terminals that begin what does not stand everywhere, and may lack where a rule may come. */
  private final Set<String> restricted = new HashSet<>();

  ExpectedNames(GrammarText grammar, Outline outline, FirstTerminals firsts, Remarks remarks) {
    this.grammar = grammar;
    this.outline = outline;
    this.firsts = firsts;
    this.remarks = remarks;
    for (Definition definition : grammar.definitions().values()) {
      Expressions.names(definition.expression()).forEach(name -> uses.merge(name, 1, Integer::sum));
    }
    grammar.contexts().contexts().stream()
        .flatMap(context -> context.parts().stream())
        .forEach(part -> restricted.addAll(firsts.of(part)));
  }

  /**
   * Names terminals.
   *
   * @param terminals by the names that the compiled grammar has
   * @param near texts that belong to what stands around, which come first
   * @param unsure terminals that are not named one by one, since they may have been taken for
   *     others
   */
  List<String> of(Set<String> terminals, Set<String> near, Set<String> unsure) {
    Set<String> left = new TreeSet<>(terminals);
    List<String> groups = new ArrayList<>();
    operators(left).ifPresent(groups::add);
    for (Optional<String> rule = group(left); rule.isPresent(); rule = group(left)) {
      left.removeAll(firsts.of(rule.get()));
      groups.add(ruleName(rule.get()));
    }
    left.removeAll(unsure);
    Set<String> names = new LinkedHashSet<>(groups);
    left.stream().map(this::name).flatMap(Optional::stream).forEach(names::add);
    List<String> sorted =
        names.stream().sorted(Comparator.comparingInt((String name) -> rank(name, near))).toList();
    if (sorted.size() <= MOST) {
      return sorted;
    }
    List<String> some = new ArrayList<>(sorted.subList(0, MOST - 1));
    some.add("and more");
    return some;
  }

  private static int rank(String name, Set<String> near) {
    if (near.contains(name)) {
      return 0;
    }
    if (Set.of("\")\"", "\"]\"", "\"}\"", "\":\"", "\";\"", "\",\"").contains(name)) {
      return 1;
    }
    return name.startsWith("\"") ? 3 : 2;
  }

  /** Infix operators, which are taken out. */
  private Optional<String> operators(Set<String> left) {
    List<String> found = new ArrayList<>();
    for (Ladder ladder : outline.ladders()) {
      Set<String> first = firsts.of(ladder.rule());
      Set<String> all = new LinkedHashSet<>();
      ladder.rules().forEach(rule -> addTexts(rule, all, new HashSet<>()));
      boolean beginning = left.containsAll(first);
      List<String> infix =
          all.stream()
              .filter(left::contains)
              .filter(operator -> !(beginning && first.contains(operator)))
              .toList();
      if (infix.stream().filter(operator -> !first.contains(operator)).count() >= 3) {
        infix.forEach(left::remove);
        found.addAll(infix);
      }
    }
    return found.stream().findFirst().map(first -> "an operator such as " + first);
  }

  /** The texts of a rule, and of the rules in it that consist of nothing else. */
  private void addTexts(String rule, Set<String> texts, Set<String> seen) {
    Expression expression = outline.rules().get(rule);
    if (expression == null || !seen.add(rule)) {
      return;
    }
    Expressions.literals(expression).forEach(literal -> texts.add(firsts.key(literal)));
    for (String name : Expressions.names(expression)) {
      Expression inner = outline.rules().get(name);
      if (inner != null && Expressions.names(inner).isEmpty()) {
        addTexts(name, texts, seen);
      }
    }
  }

  /** A rule that may come whatever it begins with, and the best known of those with many. */
  private Optional<String> group(Set<String> left) {
    List<String> rules =
        outline.rules().keySet().stream()
            .filter(rule -> parameters(rule).isEmpty() && !firsts.isNullable(rule))
            .filter(rule -> firsts.of(rule).size() >= SMALLEST_GROUP)
            .filter(rule -> left.containsAll(everywhere(rule)))
            .toList();
    int largest = rules.stream().mapToInt(rule -> firsts.of(rule).size()).max().orElse(0);
    return rules.stream()
        .filter(rule -> firsts.of(rule).size() >= NEARLY_ALL * largest)
        .max(Comparator.comparingInt(rule -> uses.getOrDefault(rule, 0)));
  }

  /** What a rule begins with wherever it stands. */
  private Set<String> everywhere(String rule) {
    Set<String> first = new HashSet<>(firsts.of(rule));
    first.removeAll(restricted);
    return first;
  }

  private List<String> parameters(String rule) {
    Definition definition = grammar.definitions().get(rule);
    return definition == null ? List.of() : definition.parameters();
  }

  /** What people call a terminal; nothing if it is only part of something. */
  private Optional<String> name(String terminal) {
    List<String> layout = grammar.layout().stream().map(Expression.Name::name).toList();
    int role = layout.indexOf(terminal);
    if (role >= 0) {
      return layout.size() == 1
          ? Optional.empty()
          : Optional.of(
              switch (role) {
                case 0 -> Surroundings.LINE_END;
                case 1 -> BLOCK;
                default -> "the end of the block";
              });
    }
    if (terminal.startsWith("\"") || terminal.startsWith("/")) {
      return Optional.of(terminal);
    }
    Definition definition = grammar.definitions().get(terminal);
    if (definition != null && definition.expression() instanceof Expression.Literal literal) {
      return Optional.of("\"" + literal.text() + "\"");
    }
    return Optional.of(
        outline.rules().keySet().stream()
            .filter(rule -> remarks.example(rule).isPresent())
            .filter(rule -> firsts.of(rule).contains(terminal))
            .findFirst()
            .map(ExpectedNames::human)
            .orElseGet(() -> human(terminal)));
  }

  /** Within a ladder of operators, what they are applied to. */
  private String ruleName(String rule) {
    return outline.ladders().stream()
            .anyMatch(ladder -> !ladder.rule().equals(rule) && ladder.rules().contains(rule))
        ? "operand"
        : human(rule);
  }

  private static String human(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', ' ').strip();
  }
}
