package dev.mallard.grammars.notation;

import dev.mallard.grammars.GrammarException;
import dev.mallard.grammars.notation.LarkScanner.Kind;
import dev.mallard.grammars.notation.LarkScanner.Token;
import java.util.List;

/** Goes through the tokens of a grammar in Lark's notation. */
final class LarkTokens {
  private final List<Token> tokens;
  private int at;

  LarkTokens(List<Token> tokens) {
    this.tokens = tokens;
  }

  /** Where it is, to come {@link #back}. */
  int mark() {
    return at;
  }

  /** Goes back to where it was. */
  void back(int mark) {
    at = mark;
  }

  /** Takes a number from some least one to 9999. */
  int number(String what, int least) {
    Token token = expect(Kind.NUMBER, what);
    int value = token.text().length() > 5 ? Integer.MAX_VALUE : Integer.parseInt(token.text());
    if (value < least || value > 9999) {
      throw token.position().error("the number must be from %d to 9999".formatted(least));
    }
    return value;
  }

  /** The next token. */
  Token peek() {
    return tokens.get(at);
  }

  /** Takes the next token. */
  Token next() {
    return tokens.get(at++);
  }

  /** Takes the next token, which must be of a kind. */
  Token expect(Kind kind, String what) {
    if (peek().kind() != kind) {
      throw unexpected(peek(), what);
    }
    return next();
  }

  /** Takes a sign, which must come next. */
  void sign(String sign) {
    if (!peek().is(sign)) {
      throw unexpected(peek(), "'" + sign + "'");
    }
    at++;
  }

  /** Takes the end of a line, which must come next. */
  void lineEnd() {
    if (peek().kind() != Kind.END) {
      expect(Kind.LINE_END, "the end of the line, or '|'");
    }
  }

  /** What to say of a token where something else was expected. */
  static GrammarException unexpected(Token token, String expected) {
    String found =
        switch (token.kind()) {
          case END -> "the grammar ends";
          case LINE_END -> "the line ends";
          default -> "there is '" + token.text() + "'";
        };
    return token.position().error(expected + " is missing; " + found);
  }
}
