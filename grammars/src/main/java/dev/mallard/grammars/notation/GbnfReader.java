package dev.mallard.grammars.notation;

import dev.mallard.grammars.GrammarException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads GBNF, the notation of llama.cpp's grammars
 * (https://github.com/ggml-org/llama.cpp/blob/master/grammars/README.md). Its terminals are
 * characters, and nothing is ignored between them. What names the tokens of a model is refused.
 */
final class GbnfReader {
  /** How often something may be repeated, if there is a limit; llama.cpp has the same. */
  private static final int MOST_REPETITIONS = 2000;

  private static final int MOST_NESTED = 200;

  /** As in {@code a?*+}. */
  private static final int MOST_SIGNS = 10;

  private final GbnfCursor cursor;
  private final Map<String, Definition> definitions = new LinkedHashMap<>();
  private final List<Expression.Name> references = new ArrayList<>();

  /** How many parentheses are open; within them, lines have no end. */
  private int depth;

  private GbnfReader(String text) {
    cursor = new GbnfCursor(text);
  }

  /**
   * Reads a grammar.
   *
   * @throws GrammarException if it is not one
   */
  static GrammarText read(String text) {
    GbnfReader reader = new GbnfReader(text);
    reader.cursor.skipSpace(true);
    while (reader.cursor.peek() != GbnfCursor.END) {
      reader.definition();
    }
    for (Expression.Name reference : reader.references) {
      if (!reader.definitions.containsKey(reference.name())) {
        throw reference.position().error("the rule " + reference.name() + " is not defined");
      }
    }
    return GrammarText.ofRules(CharacterAtoms.divide(reader.definitions));
  }

  private void definition() {
    Position position = cursor.position();
    String name = cursor.word();
    if (name.isEmpty()) {
      throw unexpected("a rule's name");
    }
    cursor.skipSpace(false);
    if (!cursor.skip("::=")) {
      throw unexpected("'::='");
    }
    cursor.skipSpace(true);
    Expression expression = either();
    int end = cursor.peek();
    if (end != '\n' && end != '\r' && end != GbnfCursor.END) {
      throw unexpected("the end of the line, or '|'");
    }
    cursor.skipSpace(true);
    Definition known =
        definitions.putIfAbsent(
            name, new Definition(name, false, List.of(), 0, expression, position));
    if (known != null) {
      throw position.error(
          "%s is defined in line %d already".formatted(name, known.position().line()));
    }
  }

  private Expression either() {
    Position position = cursor.position();
    List<Expression> parts = new ArrayList<>();
    parts.add(sequence());
    while (cursor.skip("|")) {
      cursor.skipSpace(true);
      parts.add(sequence());
    }
    return parts.size() == 1 ? parts.getFirst() : new Expression.Either(parts, position);
  }

  private Expression sequence() {
    Position position = cursor.position();
    List<Expression> parts = new ArrayList<>();
    while (startsAtom(cursor.peek())) {
      Expression atom = atom();
      cursor.skipSpace(depth > 0);
      parts.add(repeated(atom));
    }
    return parts.size() == 1 ? parts.getFirst() : new Expression.Sequence(parts, position);
  }

  private static boolean startsAtom(int c) {
    return GbnfCursor.isWord(c) || (c != GbnfCursor.END && "\"[.(<!*+?{".indexOf(c) >= 0);
  }

  private Expression atom() {
    Position position = cursor.position();
    return switch (cursor.peek()) {
      case '"' -> literal(position);
      case '[' -> characterClass(position);
      case '.' -> {
        cursor.next();
        yield CharacterRanges.of(List.of(), true, position);
      }
      case '(' -> group(position);
      case '<', '!' ->
          throw position.error(
              "a token of a model has no meaning here; write the characters that it stands for");
      case '*', '+', '?', '{' -> throw position.error("there is nothing to repeat");
      default -> {
        Expression.Name name = new Expression.Name(cursor.word(), position);
        references.add(name);
        yield name;
      }
    };
  }

  private Expression group(Position position) {
    if (++depth > MOST_NESTED) {
      throw position.error("more than %d parentheses are open".formatted(MOST_NESTED));
    }
    cursor.next();
    cursor.skipSpace(true);
    Expression inner = either();
    if (!cursor.skip(")")) {
      throw unexpected("')'");
    }
    depth--;
    return inner;
  }

  private Expression literal(Position start) {
    List<Expression> characters = new ArrayList<>();
    cursor.next();
    while (!cursor.isBefore("\"")) {
      Position position = cursor.position();
      int point = character("the closing \"", start);
      if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
        throw position.error("U+%X is half of a character".formatted(point));
      }
      characters.add(new Expression.Range(point, point, position));
    }
    cursor.next();
    return characters.size() == 1
        ? characters.getFirst()
        : new Expression.Sequence(characters, start);
  }

  private Expression characterClass(Position start) {
    List<Expression.Range> ranges = new ArrayList<>();
    cursor.next();
    boolean negative = cursor.skip("^");
    while (!cursor.isBefore("]")) {
      Position position = cursor.position();
      int first = character("the closing ]", start);
      int last = first;
      if (cursor.isBefore("-") && !cursor.isBefore("-]")) {
        cursor.next();
        last = character("the closing ]", start);
      }
      if (last < first) {
        throw position.error("the range goes from one character to an earlier one");
      }
      ranges.add(new Expression.Range(first, last, position));
    }
    if (ranges.isEmpty()) {
      throw start.error("the class is empty");
    }
    cursor.next();
    return CharacterRanges.of(ranges, negative, start);
  }

  private int character(String missing, Position start) {
    if (cursor.peek() == GbnfCursor.END) {
      throw start.error(missing + " is missing");
    }
    return cursor.character();
  }

  private Expression repeated(Expression atom) {
    Expression expression = atom;
    for (int signs = 0; ; signs++) {
      Position position = cursor.position();
      if (signs == MOST_SIGNS) {
        throw position.error("more than %d repetitions stand in a row".formatted(MOST_SIGNS));
      }
      if (cursor.skip("?")) {
        expression = new Expression.Repeat(expression, 0, 1, position);
      } else if (cursor.skip("*")) {
        expression = new Expression.Repeat(expression, 0, -1, position);
      } else if (cursor.skip("+")) {
        expression = new Expression.Repeat(expression, 1, -1, position);
      } else if (cursor.skip("{")) {
        expression = counted(expression, position);
      } else {
        return expression;
      }
      cursor.skipSpace(depth > 0);
    }
  }

  private Expression counted(Expression expression, Position position) {
    cursor.skipSpace(depth > 0);
    int least = number();
    int most = least;
    cursor.skipSpace(depth > 0);
    if (cursor.skip(",")) {
      cursor.skipSpace(depth > 0);
      most = GbnfCursor.isDigit(cursor.peek()) ? number() : -1;
      cursor.skipSpace(depth > 0);
    }
    if (!cursor.skip("}")) {
      throw unexpected("'}'");
    }
    if (most >= 0 && most < least) {
      throw position.error("the number of repetitions is wrong");
    }
    return new Expression.Repeat(expression, least, most, position);
  }

  private int number() {
    Position position = cursor.position();
    String digits = cursor.digits();
    if (digits.isEmpty()) {
      throw unexpected("a number");
    }
    if (digits.length() > 9 || Integer.parseInt(digits) > MOST_REPETITIONS) {
      throw position.error("the number must be from 0 to %d".formatted(MOST_REPETITIONS));
    }
    return Integer.parseInt(digits);
  }

  private GrammarException unexpected(String expected) {
    int c = cursor.peek();
    String found =
        switch (c) {
          case GbnfCursor.END -> "the grammar ends";
          case '\n', '\r' -> "the line ends";
          default -> "there is '" + Character.toString(c) + "'";
        };
    return cursor.position().error(expected + " is missing; " + found);
  }
}
