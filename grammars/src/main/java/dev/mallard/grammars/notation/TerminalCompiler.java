package dev.mallard.grammars.notation;

import dev.mallard.grammars.parse.GrammarBuilder;
import dev.mallard.grammars.parse.Terminal;
import dev.mallard.grammars.parse.Terminal.Trait;
import dev.mallard.grammars.regex.Regex;
import dev.mallard.grammars.regex.RegexFactory;
import dev.mallard.grammars.regex.RegexParser;
import dev.mallard.grammars.regex.RegexSyntaxException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes a grammar's terminals. */
final class TerminalCompiler {
  private static final int MOST_NESTED = 100;

  private final GrammarText text;
  private final RegexFactory factory;
  private final GrammarBuilder builder;
  private final Set<String> used;
  private final Set<String> soft;
  private final Set<String> reserved;
  private final Map<Trait, Set<String>> named;
  private final Map<Object, Integer> symbols = new HashMap<>();
  private final Map<List<Object>, Definition> definedLiterals = new HashMap<>();
  private final Map<String, Integer> declared = new HashMap<>();
  private final Map<String, Regex> regexes = new HashMap<>();
  private final Set<String> open = new HashSet<>();
  private final List<AmbiguityCheck.Candidate> candidates = new ArrayList<>();

  /**
   * Makes terminals of a grammar.
   *
   * @param used receives the names of what they use
   */
  TerminalCompiler(
      GrammarText text, RegexFactory factory, GrammarBuilder builder, Set<String> used) {
    this.text = text;
    this.factory = factory;
    this.builder = builder;
    this.used = used;
    soft = text.soft().stream().map(Expression.Literal::text).collect(Collectors.toSet());
    reserved = text.reserved().stream().map(Expression.Literal::text).collect(Collectors.toSet());
    named =
        Map.of(
            Trait.ADJACENT,
            names(text.adjacent()),
            Trait.SAME_LINE,
            names(
                text.unbroken().stream()
                    .filter(Expression.Name.class::isInstance)
                    .map(Expression.Name.class::cast)
                    .toList()),
            Trait.ENDS_WITH_LINE,
            text.unbroken().stream()
                .filter(Expression.Literal.class::isInstance)
                .map(literal -> quoted((Expression.Literal) literal))
                .collect(Collectors.toSet()),
            Trait.APART,
            names(text.apart()),
            Trait.VERBATIM,
            names(text.verbatim()),
            Trait.ANY_WORD,
            names(text.words()));
    for (Definition definition : text.definitions().values()) {
      if (definition.isTerminal()
          && definition.expression() instanceof Expression.Literal literal
          && traits(definition.name()).stream().noneMatch(Terminal::isOfPlace)) {
        definedLiterals.putIfAbsent(List.of(literal.text(), literal.anyCase()), definition);
      }
    }
  }

  private static String quoted(Expression.Literal literal) {
    return "\"" + literal.text() + "\"";
  }

  private static Set<String> names(List<Expression.Name> names) {
    return names.stream().map(Expression.Name::name).collect(Collectors.toSet());
  }

  void declare() {
    for (Expression.Name name : text.declared()) {
      declared.put(
          name.name(), builder.terminal(new Terminal(name.name(), Optional.empty(), 0, Set.of())));
    }
  }

  /** Adds the texts that are reserved, of which some may be in no rule. */
  void reserve() {
    text.reserved().forEach(this::literal);
  }

  /** The terminal that is declared by a name, if one is. */
  Optional<Integer> declared(String name) {
    return Optional.ofNullable(declared.get(name));
  }

  void ignore() {
    for (Expression expression : text.ignored()) {
      Regex regex = regex(expression);
      checkNotEmpty(regex, expression.position(), "what is ignored");
      builder.ignore(regex);
    }
  }

  /**
   * A text of the rules. It is the terminal of the same text, unless that may not come anywhere.
   */
  int literal(Expression.Literal literal) {
    List<Object> key = List.of(literal.text(), literal.anyCase());
    Definition definition = definedLiterals.get(key);
    if (definition != null) {
      used.add(definition.name());
      return named(definition);
    }
    return symbols.computeIfAbsent(
        key, _ -> builder.terminal(ofLiteral(quoted(literal), literal, 0)));
  }

  private Terminal ofLiteral(String name, Expression.Literal literal, int priority) {
    Set<Trait> traits = traits(name);
    if (!soft.contains(literal.text())) {
      traits.add(Trait.LITERAL);
      if (reserved.contains(literal.text())
          || Character.isUnicodeIdentifierStart(literal.text().codePointAt(0))) {
        traits.add(Trait.RESERVED);
      }
    }
    return new Terminal(name, Optional.of(regex(literal)), priority, traits);
  }

  private Set<Trait> traits(String name) {
    Set<Trait> traits = EnumSet.noneOf(Trait.class);
    named.forEach((trait, names) -> {
      if (names.contains(name)) {
        traits.add(trait);
      }
    });
    return traits;
  }

  int anonymous(Expression expression) {
    Object key =
        expression instanceof Expression.Pattern p ? List.of(p.regex(), p.flags()) : expression;
    Integer known = symbols.get(key);
    if (known != null) {
      return known;
    }
    Regex regex = regex(expression);
    String name =
        expression instanceof Expression.Pattern p ? "/" + p.regex() + "/" + p.flags() : "range";
    checkNotEmpty(regex, expression.position(), name);
    int symbol = builder.terminal(new Terminal(name, Optional.of(regex), 0, Set.of()));
    candidates.add(new AmbiguityCheck.Candidate(symbol, expression.position()));
    symbols.put(key, symbol);
    return symbol;
  }

  int named(Definition definition) {
    Integer known = symbols.get(definition.name());
    if (known != null) {
      return known;
    }
    Terminal terminal;
    if (definition.expression() instanceof Expression.Literal literal) {
      terminal = ofLiteral(definition.name(), literal, definition.priority());
    } else {
      Regex regex = regexOf(definition);
      checkNotEmpty(regex, definition.position(), definition.name());
      terminal =
          new Terminal(
              definition.name(),
              Optional.of(regex),
              definition.priority(),
              traits(definition.name()));
    }
    int symbol = builder.terminal(terminal);
    if (!(definition.expression() instanceof Expression.Literal)
        && !terminal.traits().contains(Trait.ANY_WORD)) {
      candidates.add(new AmbiguityCheck.Candidate(symbol, definition.position()));
    }
    symbols.put(definition.name(), symbol);
    return symbol;
  }

  /** How many terminals there are. */
  int count() {
    return symbols.size() + declared.size();
  }

  /** The terminals between which a lexer may have to choose. */
  List<AmbiguityCheck.Candidate> candidates() {
    return candidates;
  }

  private static void checkNotEmpty(Regex regex, Position position, String name) {
    if (regex.nullable()) {
      throw position.error(name + " matches the empty text, which a terminal must not");
    }
  }

  /** What a terminal looks like. */
  Regex regexOf(Definition definition) {
    Regex known = regexes.get(definition.name());
    if (known != null) {
      return known;
    }
    if (open.size() == MOST_NESTED) {
      throw definition
          .position()
          .error("more than %d terminals are each made of the next".formatted(MOST_NESTED));
    }
    if (!open.add(definition.name())) {
      throw definition
          .position()
          .error(definition.name() + " is defined by itself, which a terminal cannot be");
    }
    Regex regex = regex(definition.expression());
    open.remove(definition.name());
    regexes.put(definition.name(), regex);
    return regex;
  }

  private Regex regex(Expression expression) {
    return switch (expression) {
      case Expression.Literal l ->
          l.anyCase() ? parse(quote(l.text()), "i", l.position(), 0) : factory.text(l.text());
      case Expression.Range r ->
          parse("[\\U%08x-\\U%08x]".formatted(r.first(), r.last()), "", r.position(), 0);
      case Expression.Pattern p -> parse(p.regex(), p.flags(), p.position(), 1);
      case Expression.Sequence s -> sequence(s);
      case Expression.Either e -> factory.either(e.parts().stream().map(this::regex).toList());
      case Expression.Repeat r -> {
        Regex of = regex(r.of());
        checkLength((long) of.length() * Math.max(r.least(), r.most()), r.position());
        yield factory.repeat(of, r.least(), r.most());
      }
      case Expression.Name n -> {
        Definition definition = text.definitions().get(n.name());
        if (definition == null || !definition.isTerminal()) {
          throw n.position()
              .error("a terminal consists of terminals, and " + n.name() + " is none");
        }
        used.add(n.name());
        yield regexOf(definition);
      }
      case Expression.Call c ->
          throw c.position().error("a terminal cannot use the template " + c.name());
    };
  }

  private Regex sequence(Expression.Sequence sequence) {
    Regex regex = factory.empty();
    for (Expression part : sequence.parts().reversed()) {
      Regex first = regex(part);
      checkLength((long) first.length() + regex.length(), part.position());
      regex = factory.sequence(first, regex);
    }
    return regex;
  }

  private static void checkLength(long length, Position position) {
    if (length > Regex.MOST_IN_SEQUENCE) {
      throw position.error("the terminal is too long; repeat less");
    }
  }

  /**
   * Reads a regular expression.
   *
   * @param scale columns of the grammar for each character of the expression, 1 or 0
   */
  private Regex parse(String regex, String flags, Position position, int scale) {
    try {
      return RegexParser.parse(
          factory, regex, flags.chars().mapToObj(c -> (char) c).collect(Collectors.toSet()));
    } catch (RegexSyntaxException e) {
      throw new Position(position.line(), position.column() + scale * (1 + e.offset()))
          .error(String.valueOf(e.getMessage()));
    }
  }

  private static String quote(String text) {
    return text.codePoints().mapToObj("\\U%08x"::formatted).collect(Collectors.joining());
  }
}
