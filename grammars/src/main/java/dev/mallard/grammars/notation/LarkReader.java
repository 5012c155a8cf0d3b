package dev.mallard.grammars.notation;

import dev.mallard.grammars.GrammarException;
import dev.mallard.grammars.notation.LarkScanner.Kind;
import dev.mallard.grammars.notation.LarkScanner.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Reads Lark's notation (https://lark-parser.readthedocs.io/en/stable/grammar.html): rules,
 * terminals with priorities, templates and {@link LarkDirectives directives}. Aliases, and what
 * shapes a syntax tree, are read and left aside.
 */
final class LarkReader {
  private static final int MOST_NESTED = 200;

  private final LarkTokens tokens;
  private final LarkDirectives directives;
  private final Map<String, Definition> definitions = new LinkedHashMap<>();

  /** How many brackets are open. */
  private int depth;

  private LarkReader(LarkTokens tokens) {
    this.tokens = tokens;
    directives = new LarkDirectives(tokens, this::either, this::atom);
  }

  /**
   * Reads a grammar.
   *
   * @throws GrammarException if it is not one
   */
  static GrammarText read(String text) {
    Map<Boolean, List<Token>> tokens =
        LarkScanner.scan(text).stream()
            .collect(Collectors.partitioningBy(token -> token.kind() == Kind.COMMENT));
    LarkReader reader = new LarkReader(new LarkTokens(tokens.getOrDefault(false, List.of())));
    reader.readAll();
    return reader.directives.text(
        reader.definitions,
        tokens.getOrDefault(true, List.of()).stream()
            .map(token -> new Comment(token.text(), token.position()))
            .toList());
  }

  private void readAll() {
    while (tokens.peek().kind() != Kind.END) {
      if (tokens.peek().kind() == Kind.LINE_END) {
        tokens.next();
      } else if (tokens.peek().kind() == Kind.DIRECTIVE) {
        directives.read();
      } else {
        definition();
      }
    }
  }

  private void definition() {
    while (tokens.peek().is("?") || tokens.peek().is("!")) {
      tokens.next();
    }
    Token name = tokens.expect(Kind.NAME, "a rule's or a terminal's name");
    List<String> parameters = new ArrayList<>();
    if (tokens.peek().is("{")) {
      do {
        tokens.next();
        parameters.add(tokens.expect(Kind.NAME, "a parameter's name").text());
      } while (tokens.peek().is(","));
      tokens.sign("}");
    }
    int priority = 0;
    if (tokens.peek().is(".")) {
      tokens.next();
      priority = tokens.number("a priority", -9999);
    }
    tokens.sign(":");
    Expression expression = either();
    tokens.lineEnd();
    Definition known = definitions.get(name.text());
    if (known != null) {
      throw name.position()
          .error(
              "%s is defined in line %d already".formatted(name.text(), known.position().line()));
    }
    definitions.put(
        name.text(),
        new Definition(
            name.text(),
            Definition.isTerminal(name.text()),
            parameters,
            priority,
            expression,
            name.position()));
  }

  private Expression either() {
    Position position = tokens.peek().position();
    List<Expression> parts = new ArrayList<>();
    parts.add(sequence());
    while (true) {
      int line = tokens.mark();
      while (tokens.peek().kind() == Kind.LINE_END) {
        tokens.next();
      }
      if (!tokens.peek().is("|")) {
        tokens.back(line);
        break;
      }
      tokens.next();
      parts.add(sequence());
    }
    return parts.size() == 1 ? parts.getFirst() : new Expression.Either(parts, position);
  }

  private Expression sequence() {
    Position position = tokens.peek().position();
    List<Expression> parts = new ArrayList<>();
    while (startsAtom(tokens.peek())) {
      parts.add(repeated());
    }
    if (tokens.peek().is("->")) {
      tokens.next();
      tokens.expect(Kind.NAME, "an alias");
    }
    return parts.size() == 1 ? parts.getFirst() : new Expression.Sequence(parts, position);
  }

  private static boolean startsAtom(Token token) {
    return switch (token.kind()) {
      case NAME, STRING, REGEX -> true;
      case SIGN -> token.is("(") || token.is("[") || token.is("!");
      default -> false;
    };
  }

  private Expression repeated() {
    Expression expression = atom();
    Token token = tokens.peek();
    if (token.is("?")) {
      tokens.next();
      return new Expression.Repeat(expression, 0, 1, token.position());
    }
    if (token.is("*")) {
      tokens.next();
      return new Expression.Repeat(expression, 0, -1, token.position());
    }
    if (token.is("+")) {
      tokens.next();
      return new Expression.Repeat(expression, 1, -1, token.position());
    }
    if (token.is("~")) {
      tokens.next();
      int least = tokens.number("a number", 0);
      int most = least;
      if (tokens.peek().is("..")) {
        tokens.next();
        most = tokens.number("a number", 0);
      }
      if (most < least) {
        throw token.position().error("the number of repetitions is wrong");
      }
      return new Expression.Repeat(expression, least, most, token.position());
    }
    return expression;
  }

  private Expression atom() {
    while (tokens.peek().is("!")) {
      tokens.next();
    }
    Token token = tokens.next();
    if (token.is("(") || token.is("[")) {
      Expression inner = nested(token);
      tokens.sign(token.is("(") ? ")" : "]");
      return token.is("(") ? inner : new Expression.Repeat(inner, 0, 1, token.position());
    }
    return switch (token.kind()) {
      case NAME -> {
        if (!tokens.peek().is("{")) {
          yield new Expression.Name(token.text(), token.position());
        }
        List<Expression> arguments = new ArrayList<>();
        do {
          tokens.next();
          arguments.add(nested(token));
        } while (tokens.peek().is(","));
        tokens.sign("}");
        yield new Expression.Call(token.text(), arguments, token.position());
      }
      case STRING -> tokens.peek().is("..") ? range(token) : literal(token);
      case REGEX -> new Expression.Pattern(token.text(), token.flags(), token.position());
      default -> throw LarkTokens.unexpected(token, "a rule, a terminal or a text");
    };
  }

  private Expression nested(Token opening) {
    if (++depth > MOST_NESTED) {
      throw opening.position().error("more than %d brackets are open".formatted(MOST_NESTED));
    }
    Expression inner = either();
    depth--;
    return inner;
  }

  private Expression range(Token token) {
    tokens.next();
    Token end = tokens.expect(Kind.STRING, "the range's last character");
    String first = Escapes.resolve(token.text(), token.position());
    String last = Escapes.resolve(end.text(), end.position());
    if (first.codePointCount(0, first.length()) != 1
        || last.codePointCount(0, last.length()) != 1
        || first.codePointAt(0) > last.codePointAt(0)) {
      throw token.position().error("a range goes from one character to a later one");
    }
    return new Expression.Range(first.codePointAt(0), last.codePointAt(0), token.position());
  }

  /** The text that a token is. */
  static Expression.Literal literal(Token token) {
    String text = Escapes.resolve(token.text(), token.position());
    if (text.isEmpty()) {
      throw token.position().error("the text is empty");
    }
    if (!token.flags().isEmpty() && !token.flags().equals("i")) {
      throw token.position().error("the flag '" + token.flags() + "' is unknown");
    }
    return new Expression.Literal(text, token.flags().equals("i"), token.position());
  }
}
