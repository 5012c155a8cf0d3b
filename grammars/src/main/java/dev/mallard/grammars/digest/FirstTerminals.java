package dev.mallard.grammars.digest;

import dev.mallard.grammars.notation.Definition;
import dev.mallard.grammars.notation.Expression;
import dev.mallard.grammars.notation.GrammarText;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The terminals that each rule may begin with, by the names that the compiled grammar has. */
final class FirstTerminals {
  private final GrammarText grammar;
  private final Map<String, Set<String>> firsts = new HashMap<>();
  private final Set<String> nullable = new HashSet<>();
  private final Set<String> adjacent;

  FirstTerminals(GrammarText grammar) {
    this.grammar = grammar;
    adjacent = grammar.adjacent().stream().map(Expression.Name::name).collect(Collectors.toSet());
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Definition definition : grammar.definitions().values()) {
        if (!definition.isTerminal()) {
          Set<String> first = new HashSet<>();
          boolean empty = add(definition.expression(), first);
          changed |= firsts.computeIfAbsent(definition.name(), _ -> new HashSet<>()).addAll(first);
          changed |= empty && nullable.add(definition.name());
        }
      }
    }
  }

  /** What a rule without parameters begins with. */
  Set<String> of(String rule) {
    return firsts.getOrDefault(rule, Set.of());
  }

  /** What an expression begins with. */
  Set<String> of(Expression expression) {
    Set<String> first = new HashSet<>();
    add(expression, first);
    return first;
  }

  boolean isNullable(String rule) {
    return nullable.contains(rule);
  }

  /** Adds what an expression begins with; says whether it may be empty. */
  private boolean add(Expression expression, Set<String> first) {
    return switch (expression) {
      case Expression.Name name -> named(name.name(), first);
      case Expression.Call call -> {
        boolean empty = nullable.contains(call.name());
        List<String> parameters = parameters(call.name());
        for (String terminal : of(call.name())) {
          int parameter = parameters.indexOf(terminal);
          if (parameter < 0) {
            first.add(terminal);
          } else {
            add(call.arguments().get(parameter), first);
          }
        }
        yield empty;
      }
      case Expression.Literal literal -> terminal(key(literal), first);
      case Expression.Pattern pattern ->
          terminal("/" + pattern.regex() + "/" + pattern.flags(), first);
      case Expression.Range _ -> terminal("range", first);
      case Expression.Sequence sequence -> sequence.parts().stream().allMatch(p -> add(p, first));
      case Expression.Either either ->
          either.parts().stream().filter(part -> add(part, first)).count() > 0;
      case Expression.Repeat repeat -> add(repeat.of(), first) || repeat.least() == 0;
    };
  }

  /** A terminal is never empty. */
  private static boolean terminal(String name, Set<String> first) {
    first.add(name);
    return false;
  }

  private List<String> parameters(String rule) {
    Definition definition = grammar.definitions().get(rule);
    return definition == null ? List.of() : definition.parameters();
  }

  /** A terminal, a rule, or a parameter, which stands for itself until it is known. */
  private boolean named(String name, Set<String> first) {
    Definition definition = grammar.definitions().get(name);
    if (definition == null || definition.isTerminal()) {
      return terminal(name, first);
    }
    first.addAll(of(name));
    return nullable.contains(name);
  }

  /** What the compiled grammar calls a text. */
  String key(Expression.Literal literal) {
    return grammar.definitions().values().stream()
        .filter(definition ->
            definition.isTerminal()
                && !adjacent.contains(definition.name())
                && definition.expression() instanceof Expression.Literal own
                && own.text().equals(literal.text())
                && own.anyCase() == literal.anyCase())
        .map(Definition::name)
        .findFirst()
        .orElse("\"" + literal.text() + "\"");
  }
}
