package dev.mallard.grammars.digest;

import dev.mallard.grammars.notation.Definition;
import dev.mallard.grammars.notation.Expression;
import dev.mallard.grammars.notation.GrammarText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The definitions of a grammar in a condensed form: what a newcomer to the language needs. */
final class Outline {
  private final GrammarText grammar;
  private final Remarks remarks;
  private final Terminals terminals;
  private final Map<String, String> layout;
  private final boolean plainCase;
  private final Map<String, Expression> rules = new LinkedHashMap<>();
  private final List<Ladder> ladders;
  private final Map<String, Entry> byName = new HashMap<>();

  Outline(GrammarText grammar, Remarks remarks, Terminals terminals) {
    this.grammar = grammar;
    this.remarks = remarks;
    this.terminals = terminals;
    layout = Terminals.layout(grammar);
    plainCase = wordsAreInAnyCase(grammar);
    Simplification simplification = new Simplification(grammar);
    for (Definition definition : grammar.definitions().values()) {
      if (!definition.isTerminal()) {
        rules.put(definition.name(), withoutArguments(simplification.of(definition.expression())));
      }
    }
    ladders = new Ladders(withoutParameters(), terminals::few).find();
    addEntries();
  }

  private static boolean wordsAreInAnyCase(GrammarText grammar) {
    return grammar.definitions().values().stream()
        .filter(definition -> !definition.isTerminal())
        .flatMap(definition -> Expressions.literals(definition.expression()).stream())
        .filter(literal -> literal.text().chars().anyMatch(Character::isLetter))
        .allMatch(Expression.Literal::anyCase);
  }

  /** A rule that is shown by an example has no parameters. */
  private Expression withoutArguments(Expression expression) {
    return switch (expression) {
      case Expression.Call call when remarks.example(call.name()).isPresent() ->
          new Expression.Name(call.name(), call.position());
      case Expression.Sequence sequence ->
          new Expression.Sequence(
              sequence.parts().stream().map(this::withoutArguments).toList(), sequence.position());
      case Expression.Either either ->
          new Expression.Either(
              either.parts().stream().map(this::withoutArguments).toList(), either.position());
      case Expression.Repeat repeat ->
          new Expression.Repeat(
              withoutArguments(repeat.of()), repeat.least(), repeat.most(), repeat.position());
      default -> expression;
    };
  }

  private Map<String, Expression> withoutParameters() {
    Map<String, Expression> plain = new LinkedHashMap<>();
    rules.forEach((name, expression) -> {
      if (definition(name).parameters().isEmpty() && remarks.example(name).isEmpty()) {
        plain.put(name, expression);
      }
    });
    return plain;
  }

  private Definition definition(String name) {
    Definition definition = grammar.definitions().get(name);
    if (definition == null) {
      throw new IllegalArgumentException("nothing is called " + name);
    }
    return definition;
  }

  private void addEntries() {
    Set<String> inLadders =
        ladders.stream().flatMap(ladder -> ladder.rules().stream()).collect(Collectors.toSet());
    Set<String> used = new HashSet<>(ladders.stream().map(Ladder::operand).toList());
    for (String rule : rules.keySet()) {
      if (!inLadders.contains(rule)) {
        Entry entry = ruleEntry(definition(rule));
        add(entry);
        used.addAll(entry.references());
      }
    }
    ladders.forEach(ladder -> add(ladderEntry(ladder, used)));
    for (Definition definition : grammar.definitions().values()) {
      if (definition.isTerminal() && !layout.containsKey(definition.name())) {
        add(terminalEntry(definition));
      }
    }
    if (!layout.isEmpty()) {
      add(layoutEntry());
    }
  }

  private void add(Entry entry) {
    entry.defined().forEach(name -> byName.put(name, entry));
  }

  private Entry ruleEntry(Definition rule) {
    String name = rule.name();
    if (remarks.example(name).isPresent()) {
      String example = Terminals.exampleText(remarks.example(name).get());
      return new Entry(Set.of(name), List.of(), remarks.above(name), _ -> name + ": " + example);
    }
    Expression expression = simple(name);
    return new Entry(
        Set.of(name),
        Expressions.names(expression).stream()
            .filter(used -> !rule.parameters().contains(used))
            .toList(),
        remarks.above(name),
        shown -> head(rule) + writer(rule, shown).write(expression));
  }

  /** A rule's name and parameters, and what follows them. */
  static String head(Definition rule) {
    return rule.name()
        + (rule.parameters().isEmpty() ? "" : "<" + String.join(", ", rule.parameters()) + ">")
        + ": ";
  }

  private ExpressionWriter writer(Definition rule, Predicate<String> shown) {
    return new ExpressionWriter(shown.or(rule.parameters()::contains), plainCase);
  }

  private Entry ladderEntry(Ladder ladder, Set<String> used) {
    Set<String> defined = new LinkedHashSet<>(ladder.rules());
    defined.removeIf(rule -> !rule.equals(ladder.rule()) && !used.contains(rule));
    return new Entry(
        defined,
        List.of(ladder.operand()),
        ladder.rules().stream().flatMap(rule -> remarks.above(rule).stream()).toList(),
        shown ->
            ladder.text(
                defined::contains,
                ladder.operand() + (shown.test(ladder.operand()) ? "" : ExpressionWriter.OMITTED)));
  }

  private Entry terminalEntry(Definition terminal) {
    String name = terminal.name();
    List<String> above = remarks.above(name);
    return terminals
        .instead(terminal)
        .map(text -> new Entry(Set.of(name), List.of(), above, _ -> name + ": " + text))
        .orElseGet(() ->
            new Entry(
                Set.of(name),
                Expressions.names(terminal.expression()),
                above,
                shown -> name + ": " + writer(terminal, shown).write(terminal.expression())));
  }

  private Entry layoutEntry() {
    List<String> names = grammar.layout().stream().map(Expression.Name::name).toList();
    String text =
        names.stream()
            .map(name -> name + ": " + layout.get(name))
            .collect(Collectors.joining("\n"));
    return new Entry(Set.copyOf(names), List.of(), List.of(), _ -> text);
  }

  /** What may stand between any two terminals. */
  private Entry ignored() {
    return new Entry(
        Set.of(),
        grammar.ignored().stream().flatMap(part -> Expressions.names(part).stream()).toList(),
        remarks.above(Remarks.IGNORED),
        shown ->
            grammar.ignored().stream()
                .map(new ExpressionWriter(shown, plainCase)::write)
                .collect(Collectors.joining(" | ", Remarks.IGNORED + " ", "")));
  }

  /** Rules in the condensed form, by name, in the order of the grammar. */
  Map<String, Expression> rules() {
    return rules;
  }

  /** A rule in the condensed form. */
  Expression simple(String rule) {
    Expression expression = rules.get(rule);
    if (expression == null) {
      throw new IllegalArgumentException("no rule is called " + rule);
    }
    return expression;
  }

  /** Ladders of operators. */
  List<Ladder> ladders() {
    return ladders;
  }

  /** Whether texts in both cases are written like others, since all words are. */
  boolean plainCase() {
    return plainCase;
  }

  /** Everything that some names lead to, breadth first. */
  List<Entry> from(List<String> names) {
    Set<Entry> entries = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(names);
    Set<String> seen = new HashSet<>(names);
    while (!open.isEmpty()) {
      Entry entry = byName.get(open.remove());
      if (entry != null && entries.add(entry)) {
        entry.references().stream().filter(seen::add).forEach(open::add);
      }
    }
    return new ArrayList<>(entries);
  }

  /** The whole language, from a rule, breadth first. */
  List<Entry> all(String start) {
    List<Entry> entries = from(List.of(start));
    if (!grammar.ignored().isEmpty()) {
      Entry ignored = ignored();
      entries.add(ignored);
      from(ignored.references()).stream()
          .filter(entry -> !entries.contains(entry))
          .forEach(entries::add);
    }
    return entries;
  }
}
