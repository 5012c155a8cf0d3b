package dev.mallard.lsp.source;

import java.util.ArrayList;
import java.util.List;

/** Splits SQL into statements and the comments between them. */
final class SqlPieces {
  private final String text;
  private final List<Piece> pieces = new ArrayList<>();

  /**
   * A statement, with its semicolon, or a comment.
   *
   * @param span without white space around it
   * @param comment whether it is a comment; those that begin with dashes on lines in a row are one
   */
  record Piece(Span span, boolean comment) {}

  private SqlPieces(String text) {
    this.text = text;
  }

  /** The pieces, in order; comments within a statement are part of it. */
  static List<Piece> of(String text) {
    SqlPieces pieces = new SqlPieces(text);
    pieces.split();
    return pieces.pieces;
  }

  private void split() {
    int at = 0;
    while (at < text.length()) {
      if (Character.isWhitespace(text.charAt(at)) || text.charAt(at) == ';') {
        at++;
      } else if (text.startsWith("--", at)) {
        at = dashes(at);
      } else if (text.startsWith("/*", at)) {
        int end = closing("*/", at + 2);
        pieces.add(new Piece(new Span(at, end), true));
        at = end;
      } else {
        at = statement(at);
      }
    }
  }

  private int dashes(int start) {
    int end = SourceLines.end(text, start);
    int next = start;
    while (true) {
      next = afterBlanks(text.indexOf('\n', end) < 0 ? text.length() : text.indexOf('\n', end) + 1);
      if (!text.startsWith("--", next) || asks(end)) {
        break;
      }
      end = SourceLines.end(text, next);
    }
    pieces.add(new Piece(SourceLines.stripped(text, new Span(start, end)), true));
    return end;
  }

  /** Whether a line ends with a question mark: what comes after it is another comment. */
  private boolean asks(int end) {
    return text.charAt(end - 1) == '?';
  }

  private int afterBlanks(int from) {
    int at = from;
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    return at;
  }

  private int statement(int start) {
    int at = start;
    int end = start; // Of what is not a comment.
    int body = 0; // How deep in BEGIN or CASE of a trigger.
    boolean trigger = false;
    while (at < text.length()) {
      char character = text.charAt(at);
      if (character == ';' && body == 0) {
        end = at + 1;
        at = end;
        break;
      }
      if (text.startsWith("--", at)) {
        if (body == 0 && isAfterEmptyLine(at)) {
          break;
        }
        at = SourceLines.end(text, at);
      } else if (text.startsWith("/*", at)) {
        at = closing("*/", at + 2);
      } else if (Character.isWhitespace(character)) {
        at++;
      } else if ("'\"`[".indexOf(character) >= 0) {
        at = closing(character == '[' ? "]" : Character.toString(character), at + 1);
        end = at;
      } else if (Character.isLetter(character)) {
        int from = at;
        while (at < text.length() && Character.isJavaIdentifierPart(text.charAt(at))) {
          at++;
        }
        end = at;
        String word =
            at - from > 10 ? "" : text.substring(from, at).toUpperCase(java.util.Locale.ROOT);
        trigger |= word.equals("TRIGGER") && from - start < 40;
        if (trigger && (word.equals("BEGIN") || word.equals("CASE"))) {
          body++;
        } else if (trigger && word.equals("END") && body > 0) {
          body--;
        }
      } else {
        at++;
        end = at;
      }
    }
    pieces.add(new Piece(new Span(start, end), false));
    return Math.max(at, end);
  }

  /** Whether an empty line is before a comment: a statement without its semicolon ends there. */
  private boolean isAfterEmptyLine(int comment) {
    int breaks = 0;
    for (int at = comment - 1; at >= 0 && Character.isWhitespace(text.charAt(at)); at--) {
      breaks += text.charAt(at) == '\n' ? 1 : 0;
    }
    return breaks > 1;
  }

  private int closing(String sign, int from) {
    int end = text.indexOf(sign, Math.min(from, text.length()));
    return end < 0 ? text.length() : end + sign.length();
  }
}
