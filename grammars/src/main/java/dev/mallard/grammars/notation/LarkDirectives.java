package dev.mallard.grammars.notation;

import dev.mallard.grammars.notation.LarkScanner.Kind;
import dev.mallard.grammars.notation.LarkScanner.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The directives of a grammar in Lark's notation: {@code %ignore} and {@code %declare}, and beyond
 * Lark {@code %soft}, {@code %reserved}, {@code %words}, {@code %adjacent}, {@code %apart}, {@code
 * %unbroken}, {@code %verbatim}, {@code %indentation}, {@code %semicolons}, {@code %within} and
 * {@code %afresh}; see {@link GrammarText} for what they say.
 */
final class LarkDirectives {
  private final LarkTokens tokens;
  private final Supplier<Expression> either;
  private final Supplier<Expression> atom;
  private final List<Expression> ignored = new ArrayList<>();
  private final List<Expression.Name> declared = new ArrayList<>();
  private final List<Expression.Literal> soft = new ArrayList<>();
  private final List<Expression.Literal> reserved = new ArrayList<>();
  private final List<Expression.Name> adjacent = new ArrayList<>();
  private final List<Expression.Name> verbatim = new ArrayList<>();
  private final List<Expression> unbroken = new ArrayList<>();
  private final List<Expression.Name> apart = new ArrayList<>();
  private final List<Expression.Name> words = new ArrayList<>();
  private final List<Expression.Name> layout = new ArrayList<>();
  private final List<RuleContexts.Context> contexts = new ArrayList<>();
  private final List<Expression.Name> afresh = new ArrayList<>();

  /**
   * Reads directives.
   *
   * @param either reads an expression
   * @param atom reads a part of one
   */
  LarkDirectives(LarkTokens tokens, Supplier<Expression> either, Supplier<Expression> atom) {
    this.tokens = tokens;
    this.either = either;
    this.atom = atom;
  }

  /** What was read, with what stands beside it. */
  GrammarText text(Map<String, Definition> definitions, List<Comment> comments) {
    return new GrammarText(
        definitions,
        ignored,
        declared,
        soft,
        reserved,
        adjacent,
        verbatim,
        unbroken,
        apart,
        words,
        layout,
        new RuleContexts(contexts, afresh),
        comments);
  }

  /** Reads one. */
  void read() {
    Token directive = tokens.next();
    switch (directive.text()) {
      case "%ignore" -> ignored.add(either.get());
      case "%declare" -> names(declared, directive);
      case "%adjacent" -> names(adjacent, directive);
      case "%verbatim" -> names(verbatim, directive);
      case "%apart" -> names(apart, directive);
      case "%unbroken" -> unbroken.addAll(parts());
      case "%within" -> contexts.add(context());
      case "%afresh" -> names(afresh, directive);
      case "%words" -> names(words, directive);
      case "%indentation" -> layout(3, directive);
      case "%semicolons" -> layout(1, directive);
      case "%soft" -> texts(soft);
      case "%reserved" -> texts(reserved);
      default ->
          throw directive.position().error("the directive " + directive.text() + " is unknown");
    }
    tokens.lineEnd();
  }

  private void texts(List<Expression.Literal> texts) {
    while (tokens.peek().kind() == Kind.STRING) {
      texts.add(LarkReader.literal(tokens.next()));
    }
  }

  private RuleContexts.Context context() {
    Token rule = tokens.expect(Kind.NAME, "a rule's name");
    List<Expression> parts = parts();
    if (parts.isEmpty()) {
      throw rule.position().error("it is not said what may stand only within " + rule.text());
    }
    return new RuleContexts.Context(new Expression.Name(rule.text(), rule.position()), parts);
  }

  /** Texts and names. */
  private List<Expression> parts() {
    List<Expression> parts = new ArrayList<>();
    while (tokens.peek().kind() == Kind.STRING || tokens.peek().kind() == Kind.NAME) {
      parts.add(atom.get());
    }
    return parts;
  }

  private void layout(int count, Token directive) {
    names(layout, directive);
    if (layout.size() != count) {
      throw directive.position().error("%s names %d terminals".formatted(directive.text(), count));
    }
  }

  private void names(List<Expression.Name> names, Token directive) {
    while (tokens.peek().kind() == Kind.NAME) {
      Token name = tokens.next();
      names.add(new Expression.Name(name.text(), name.position()));
    }
    if (names.isEmpty()) {
      throw directive.position().error(directive.text() + " names nothing");
    }
  }
}
