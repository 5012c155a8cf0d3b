package dev.mallard.grammars.notation;

import dev.mallard.grammars.GrammarException;
import dev.mallard.grammars.parse.Grammar;
import dev.mallard.grammars.parse.GrammarBuilder;
import dev.mallard.grammars.parse.Layout;
import dev.mallard.grammars.regex.RegexFactory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;

/** Makes productions and terminals of a grammar's text. */
public final class GrammarCompiler {
  private static final int MOST_CHARACTERS = 1_000_000;

  private static final int MOST_NONTERMINALS = 5_000;

  private static final int MOST_TERMINALS = 5_000;

  /** Symbols in productions. */
  private static final int MOST_IN_PRODUCTIONS = 200_000;

  private static final String TOO_LARGE =
      "the grammar is too large; make its rules fewer, or repeat less";

  /** Parts of a template's arguments; more come of templates that use themselves. */
  private static final int MOST_OF_ARGUMENTS = 200;

  private final RegexFactory factory = new RegexFactory();
  private final GrammarText text;
  private final GrammarBuilder builder;
  private final TerminalCompiler terminals;
  private final Map<Object, Integer> symbols = new HashMap<>();
  private final Set<String> used = new HashSet<>();
  private final Deque<Task> tasks = new ArrayDeque<>();
  private int nonterminals;
  private int inProductions;

  /** Where the rule is whose productions are made. */
  private Position position = new Position(1, 1);

  /** A rule, or a template with what it is given, whose productions are still to be made. */
  private record Task(int symbol, Definition definition, List<Expression> arguments) {}

  private GrammarCompiler(GrammarText text) {
    this.text = text;
    builder = new GrammarBuilder(factory);
    terminals = new TerminalCompiler(text, factory, builder, used);
  }

  /**
   * Makes a grammar of a text in Lark's notation.
   *
   * @param start the rule that a whole text is
   * @throws GrammarException if something is wrong with it
   */
  public static Grammar lark(String grammar, String start) {
    GrammarCompiler compiler = new GrammarCompiler(LarkReader.read(limited(grammar)));
    Grammar compiled = compiler.compile(start);
    AmbiguityCheck.check(compiled, compiler.factory, compiler.terminals.candidates());
    return compiled;
  }

  /** As {@link #lark}, of a grammar whose terminals are known not to be ambiguous. */
  public static Grammar knownLark(String grammar, String start) {
    return new GrammarCompiler(LarkReader.read(grammar)).compile(start);
  }

  /**
   * Makes a grammar of a text in GBNF, the notation of llama.cpp's grammars. A whole text is its
   * rule {@code root}. Each character is a terminal, and nothing is ignored.
   *
   * @throws GrammarException if something is wrong with it
   */
  public static Grammar gbnf(String grammar) {
    return new GrammarCompiler(GbnfReader.read(limited(grammar))).compile("root");
  }

  private static String limited(String grammar) {
    if (grammar.length() > MOST_CHARACTERS) {
      throw new GrammarException(
          "the grammar has more than %d characters".formatted(MOST_CHARACTERS), 1, 1);
    }
    return grammar;
  }

  private Grammar compile(String start) {
    Definition definition = text.definitions().get(start);
    if (definition == null) {
      throw new GrammarException("the rule " + start + ", which a whole text is, is missing", 1, 1);
    }
    used.add(start);
    terminals.declare();
    int symbol = rule(definition, List.of());
    terminals.reserve();
    terminals.ignore();
    builder.layout(layout());
    while (!tasks.isEmpty()) {
      Task task = tasks.pop();
      position = task.definition().position();
      alternatives(task.symbol(), substituted(task));
    }
    contexts();
    checkReachable();
    return builder.build(symbol);
  }

  private Layout layout() {
    List<Integer> of =
        text.layout().stream().map(name -> named(name.name(), List.of(), name.position())).toList();
    return switch (of.size()) {
      case 0 -> new Layout.Free();
      case 1 -> new Layout.Semicolons(of.getFirst());
      default -> new Layout.Indentation(of.getFirst(), of.get(1), of.getLast());
    };
  }

  private void contexts() {
    for (RuleContexts.Context context : text.contexts().contexts()) {
      for (Expression part : context.parts()) {
        builder.within(context(context.rule()), contextPart(part));
      }
    }
    text.contexts().afresh().forEach(rule -> builder.afresh(context(rule)));
  }

  /** A rule that others use. */
  private int context(Expression.Name name) {
    Definition definition = text.definitions().get(name.name());
    if (definition == null || definition.isTerminal() || !definition.parameters().isEmpty()) {
      throw name.position().error(name.name() + " is not a rule without parameters");
    }
    if (!used.contains(name.name())) {
      throw name.position().error("%s is not used by any rule".formatted(name.name()));
    }
    return rule(definition, List.of());
  }

  private int contextPart(Expression part) {
    List<Integer> symbols = new ArrayList<>();
    addSymbols(symbols, part);
    if (!tasks.isEmpty()) {
      throw part.position().error("it is not used by any rule");
    }
    return symbols.getFirst();
  }

  private void checkReachable() {
    for (Definition definition : text.definitions().values()) {
      if (!used.contains(definition.name())) {
        throw definition
            .position()
            .error("%s is not used by any rule".formatted(definition.name()));
      }
    }
  }

  private int rule(Definition definition, List<Expression> arguments) {
    Object key =
        List.of("rule", definition.name(), arguments.stream().map(Expressions::plain).toList());
    Integer known = symbols.get(key);
    if (known != null) {
      return known;
    }
    if (!arguments.isEmpty()
        && (nonterminals >= MOST_NONTERMINALS || Expressions.size(arguments) > MOST_OF_ARGUMENTS)) {
      throw definition.position().error("the template does not end");
    }
    if (arguments.size() != definition.parameters().size()) {
      throw definition
          .position()
          .error(
              "%s has %d parameters and is given %d"
                  .formatted(definition.name(), definition.parameters().size(), arguments.size()));
    }
    int symbol = nonterminal(definition.name());
    symbols.put(key, symbol);
    builder.defined(symbol, definition.position().line(), definition.position().column());
    tasks.push(new Task(symbol, definition, arguments));
    return symbol;
  }

  private int nonterminal(String name) {
    if (++nonterminals > MOST_NONTERMINALS) {
      throw position.error(TOO_LARGE);
    }
    return builder.nonterminal(name);
  }

  private void production(int left, List<Integer> right) {
    inProductions += 1 + right.size();
    if (inProductions > MOST_IN_PRODUCTIONS || terminals.count() > MOST_TERMINALS) {
      throw position.error(TOO_LARGE);
    }
    builder.production(left, right);
  }

  private static Expression substituted(Task task) {
    Map<String, Expression> bound = new HashMap<>();
    for (int i = 0; i < task.arguments().size(); i++) {
      bound.put(task.definition().parameters().get(i), task.arguments().get(i));
    }
    return Expressions.substitute(task.definition().expression(), bound);
  }

  private void alternatives(int left, Expression expression) {
    if (expression instanceof Expression.Either either) {
      either.parts().forEach(part -> alternatives(left, part));
    } else {
      List<Integer> right = new ArrayList<>();
      addSymbols(right, expression);
      production(left, right);
    }
  }

  private void addSymbols(List<Integer> right, Expression expression) {
    switch (expression) {
      case Expression.Sequence sequence ->
          sequence.parts().forEach(part -> addSymbols(right, part));
      case Expression.Repeat repeat -> right.add(repeated(repeat));
      case Expression.Either _ -> right.add(group(expression));
      case Expression.Name name -> right.add(named(name.name(), List.of(), name.position()));
      case Expression.Call call -> right.add(named(call.name(), call.arguments(), call.position()));
      case Expression.Literal literal -> right.add(terminals.literal(literal));
      case Expression.Range range -> right.add(terminals.anonymous(range));
      case Expression.Pattern pattern -> right.add(terminals.anonymous(pattern));
    }
  }

  private int named(String name, List<Expression> arguments, Position position) {
    Optional<Integer> declared = terminals.declared(name);
    if (declared.isPresent()) {
      return declared.get();
    }
    Definition definition = text.definitions().get(name);
    if (definition == null) {
      throw position.error(
          "the %s %s is not defined"
              .formatted(Definition.isTerminal(name) ? "terminal" : "rule", name));
    }
    used.add(name);
    return definition.isTerminal() ? terminals.named(definition) : rule(definition, arguments);
  }

  private int group(Expression expression) {
    return anonymous("group", expression, symbol -> alternatives(symbol, expression));
  }

  private int repeated(Expression.Repeat repeat) {
    return anonymous(
        "repetition",
        repeat,
        symbol -> {
          List<Integer> once = new ArrayList<>();
          if (Math.max(repeat.least(), repeat.most()) > 1
              && repeat.of() instanceof Expression.Sequence) {
            once.add(group(repeat.of()));
          } else {
            addSymbols(once, repeat.of());
          }
          new Repetition(once, () -> nonterminal("repetition"), this::production)
              .define(symbol, repeat.least(), repeat.most());
        });
  }

  /** The nonterminal of a part of a rule, which is made once of equal parts. */
  private int anonymous(String name, Expression expression, IntConsumer define) {
    Object key = Expressions.plain(expression);
    Integer known = symbols.get(key);
    if (known != null) {
      return known;
    }
    int symbol = nonterminal(name);
    symbols.put(key, symbol);
    define.accept(symbol);
    return symbol;
  }
}
