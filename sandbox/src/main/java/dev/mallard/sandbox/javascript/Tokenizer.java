package dev.mallard.sandbox.javascript;

import dev.mallard.sandbox.javascript.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * Splits JavaScript into tokens. Text that is no JavaScript gives some tokens too: that it is none
 * is for the engine to say.
 */
final class Tokenizer {
  private static final List<String> PUNCTUATORS =
      List.of(
          ">>>=", "...", "===", "!==", "**=", "<<=", ">>=", ">>>", "&&=", "||=", "??=", "=>", "==",
          "!=", "<=", ">=", "&&", "||", "??", "?.", "++", "--", "+=", "-=", "*=", "/=", "%=", "&=",
          "|=", "^=", "<<", ">>", "**");

  /** After these words an expression may begin. */
  private static final Set<String> BEFORE_EXPRESSION =
      Set.of(
          "return",
          "typeof",
          "instanceof",
          "in",
          "of",
          "new",
          "delete",
          "void",
          "throw",
          "case",
          "do",
          "else",
          "yield",
          "await");

  /** What in parentheses after these words is no value: an expression may follow. */
  private static final Set<String> BEFORE_CONDITION = Set.of("if", "while", "for", "with");

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private final Deque<Boolean> conditions = new ArrayDeque<>();
  private boolean afterCondition;
  private int position;

  private Tokenizer(String text) {
    this.text = text;
  }

  static List<Token> tokens(String text) {
    Tokenizer tokenizer = new Tokenizer(text);
    tokenizer.run();
    return List.copyOf(tokenizer.tokens);
  }

  private void run() {
    if (text.startsWith("#!")) {
      skipLine();
    }
    while (position < text.length()) {
      char character = text.charAt(position);
      if (Character.isWhitespace(character) || character == '\uFEFF' || character == '\u00A0') {
        position++;
      } else if (text.startsWith("//", position)) {
        skipLine();
      } else if (text.startsWith("/*", position)) {
        int end = text.indexOf("*/", position + 2);
        position = end < 0 ? text.length() : end + 2;
      } else {
        next(character);
      }
    }
  }

  private void skipLine() {
    while (position < text.length() && !isLineEnd(text.charAt(position))) {
      position++;
    }
  }

  private void next(char character) {
    if (Character.isUnicodeIdentifierStart(character)
        || character == '$'
        || character == '_'
        || character == '#'
        || character == '\\'
        || Character.isSurrogate(character)) {
      add(Kind.WORD, wordEnd(position + 1));
    } else if (isDigit(position) || (character == '.' && isDigit(position + 1))) {
      add(Kind.NUMBER, numberEnd());
    } else if (character == '"' || character == '\'') {
      add(Kind.STRING, stringEnd(character));
    } else if (character == '`') {
      add(Kind.STRING, templateEnd(position));
    } else if (character == '/' && expressionMayBegin()) {
      add(Kind.REGULAR_EXPRESSION, wordEnd(regularExpressionEnd()));
    } else {
      int length =
          PUNCTUATORS.stream()
              .filter(punctuator -> text.startsWith(punctuator, position))
              .mapToInt(String::length)
              .findFirst()
              .orElse(1);
      if (text.startsWith("?.", position) && isDigit(position + 2)) {
        length = 1;
      }
      punctuator(position + length);
    }
  }

  private void punctuator(int end) {
    Token before = tokens.isEmpty() ? new Token(Kind.PUNCTUATOR, 0, 0, ";") : tokens.getLast();
    boolean condition = false;
    if (text.charAt(position) == '(') {
      conditions.push(before.kind() == Kind.WORD && BEFORE_CONDITION.contains(before.text()));
    } else if (text.charAt(position) == ')' && !conditions.isEmpty()) {
      condition = conditions.pop();
    }
    add(Kind.PUNCTUATOR, end);
    afterCondition = condition;
  }

  private void add(Kind kind, int end) {
    tokens.add(new Token(kind, position, end, text.substring(position, end)));
    position = end;
    afterCondition = false;
  }

  /** Whether a slash here begins a regular expression, and does not divide. */
  private boolean expressionMayBegin() {
    if (tokens.isEmpty()) {
      return true;
    }
    Token before = tokens.getLast();
    return switch (before.kind()) {
      case WORD -> BEFORE_EXPRESSION.contains(before.text());
      case NUMBER, STRING, REGULAR_EXPRESSION -> false;
      case PUNCTUATOR ->
          afterCondition
              || !(before.is(")")
                  || before.is("]")
                  || before.is("}")
                  || before.is("++")
                  || before.is("--"));
    };
  }

  private int wordEnd(int from) {
    int end = from;
    while (end < text.length()) {
      char character = text.charAt(end);
      if (!Character.isUnicodeIdentifierPart(character)
          && character != '$'
          && character != '\\'
          && !Character.isSurrogate(character)) {
        break;
      }
      end++;
    }
    return end;
  }

  private int numberEnd() {
    int end = position + 1;
    while (end < text.length()) {
      char character = text.charAt(end);
      boolean exponentSign =
          (character == '+' || character == '-')
              && "eE".indexOf(text.charAt(end - 1)) >= 0
              && !text.startsWith("0x", position)
              && !text.startsWith("0X", position);
      if (!Character.isLetterOrDigit(character)
          && character != '.'
          && character != '_'
          && !exponentSign) {
        break;
      }
      end++;
    }
    return end;
  }

  private int stringEnd(char quote) {
    int end = position + 1;
    while (end < text.length() && text.charAt(end) != quote && text.charAt(end) != '\n') {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    return Math.min(end + 1, text.length());
  }

  private int templateEnd(int start) {
    int end = start + 1;
    while (end < text.length() && text.charAt(end) != '`') {
      if (text.charAt(end) == '\\') {
        end += 2;
      } else if (text.startsWith("${", end)) {
        end = substitutionEnd(end + 2);
      } else {
        end++;
      }
    }
    return Math.min(end + 1, text.length());
  }

  private int substitutionEnd(int start) {
    int depth = 1;
    Tokenizer inner = new Tokenizer(text);
    inner.position = start;
    while (inner.position < text.length()) {
      char character = text.charAt(inner.position);
      if (Character.isWhitespace(character)) {
        inner.position++;
        continue;
      }
      if (text.startsWith("//", inner.position)) {
        inner.skipLine();
        continue;
      }
      if (text.startsWith("/*", inner.position)) {
        int close = text.indexOf("*/", inner.position + 2);
        inner.position = close < 0 ? text.length() : close + 2;
        continue;
      }
      inner.next(character);
      Token last = inner.tokens.getLast();
      depth += last.is("{") ? 1 : last.is("}") ? -1 : 0;
      if (depth == 0) {
        return last.end();
      }
    }
    return text.length();
  }

  private int regularExpressionEnd() {
    int end = position + 1;
    boolean inClass = false;
    while (end < text.length() && !isLineEnd(text.charAt(end))) {
      char character = text.charAt(end);
      if (character == '\\') {
        end++;
      } else if (character == '[') {
        inClass = true;
      } else if (character == ']') {
        inClass = false;
      } else if (character == '/' && !inClass) {
        return end + 1;
      }
      end++;
    }
    return Math.min(end, text.length());
  }

  private boolean isDigit(int index) {
    return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
  }

  private static boolean isLineEnd(char character) {
    return character == '\n' || character == '\r' || character == '\u2028' || character == '\u2029';
  }
}
