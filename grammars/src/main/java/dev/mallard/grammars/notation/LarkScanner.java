package dev.mallard.grammars.notation;

import java.util.ArrayList;
import java.util.List;

/** Cuts a grammar in Lark's notation into tokens. */
final class LarkScanner {
  /** What a token is. */
  enum Kind {
    NAME,
    DIRECTIVE,
    NUMBER,
    STRING,
    REGEX,
    SIGN,
    COMMENT,
    LINE_END,
    END
  }

  /**
   * A piece of the grammar.
   *
   * @param text of a string or a regular expression what is between the quotes, as it stands there
   * @param flags letters after the closing quote
   */
  record Token(Kind kind, String text, String flags, Position position) {
    boolean is(String sign) {
      return (kind == Kind.SIGN || kind == Kind.DIRECTIVE) && text.equals(sign);
    }
  }

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int line = 1;
  private int lineStart;

  /** How many brackets are open; in them, lines have no end. */
  private int depth;

  private LarkScanner(String text) {
    this.text = text;
  }

  static List<Token> scan(String text) {
    LarkScanner scanner = new LarkScanner(text);
    while (scanner.at < text.length()) {
      scanner.next();
    }
    scanner.add(Kind.LINE_END, "", "", scanner.position());
    scanner.add(Kind.END, "", "", scanner.position());
    return scanner.tokens;
  }

  private Position position() {
    return new Position(line, at - lineStart + 1);
  }

  private void add(Kind kind, String token, String flags, Position position) {
    tokens.add(new Token(kind, token, flags, position));
  }

  private void next() {
    char c = text.charAt(at);
    Position position = position();
    if (c == '\n') {
      if (depth == 0) {
        add(Kind.LINE_END, "", "", position);
      }
      at++;
      line++;
      lineStart = at;
    } else if (Character.isWhitespace(c)) {
      at++;
    } else if (text.startsWith("//", at) || c == '#') {
      int start = at + (c == '#' ? 1 : 2);
      int end = text.indexOf('\n', at);
      at = end < 0 ? text.length() : end;
      add(Kind.COMMENT, text.substring(start, at).strip(), "", position);
    } else if (c == '"') {
      String content = quoted('"', position);
      add(Kind.STRING, content, flags(), position);
    } else if (c == '/') {
      String content = quoted('/', position);
      add(Kind.REGEX, content, flags(), position);
    } else if (Character.isLetter(c) || c == '_') {
      add(Kind.NAME, word(), "", position);
    } else if (c == '%') {
      at++;
      add(Kind.DIRECTIVE, "%" + word(), "", position);
    } else if (Character.isDigit(c) || (c == '-' && isDigit(at + 1))) {
      int start = at++;
      while (isDigit(at)) {
        at++;
      }
      add(Kind.NUMBER, text.substring(start, at), "", position);
    } else if (text.startsWith("->", at) || text.startsWith("..", at)) {
      add(Kind.SIGN, text.substring(at, at + 2), "", position);
      at += 2;
    } else if (":|()[]{}?*+~.,!".indexOf(c) >= 0) {
      depth += "([{".indexOf(c) >= 0 ? 1 : 0;
      depth -= ")]}".indexOf(c) >= 0 && depth > 0 ? 1 : 0;
      add(Kind.SIGN, String.valueOf(c), "", position);
      at++;
    } else {
      throw position.error(
          "the character '" + Character.toString(text.codePointAt(at)) + "' has no meaning here");
    }
  }

  private boolean isDigit(int index) {
    return index < text.length() && Character.isDigit(text.charAt(index));
  }

  private String word() {
    int start = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
      at++;
    }
    return text.substring(start, at);
  }

  private String quoted(char quote, Position position) {
    int start = ++at;
    while (at < text.length() && text.charAt(at) != quote && text.charAt(at) != '\n') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    if (at >= text.length() || text.charAt(at) != quote) {
      throw position.error("the closing " + quote + " is missing");
    }
    return text.substring(start, at++);
  }

  private String flags() {
    int start = at;
    while (at < text.length() && Character.isLowerCase(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }
}
