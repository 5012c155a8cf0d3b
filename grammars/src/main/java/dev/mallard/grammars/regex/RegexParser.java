package dev.mallard.grammars.regex;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Reads regular expressions as Python's {@code re} has them, as far as they are regular: classes,
 * groups, alternatives, repetition (lazy or greedy, which match the same strings), the escapes of
 * classes, and lookahead {@code (?=...)} and {@code (?!...)}, which constrains what follows within
 * its group. Flags: {@code i} (both cases), {@code s} (a dot matches a line's end too), {@code x}
 * (blanks and comments are skipped).
 */
public final class RegexParser {
  private static final int MOST_NESTED = 100;

  private final RegexFactory factory;
  private final CharacterReader characters;
  private final Set<Character> flags;

  /** How many groups are open. */
  private int depth;

  private RegexParser(RegexFactory factory, String text, Set<Character> flags) {
    this.factory = factory;
    this.characters = new CharacterReader(text, flags);
    this.flags = flags;
  }

  /**
   * Reads an expression.
   *
   * @throws RegexSyntaxException if it is none
   */
  public static Regex parse(RegexFactory factory, String text, Set<Character> flags) {
    for (char flag : flags) {
      if ("isxmu".indexOf(flag) < 0) {
        throw new RegexSyntaxException("the flag '" + flag + "' is unknown", text.length());
      }
    }
    RegexParser parser = new RegexParser(factory, text, flags);
    Regex regex = parser.alternatives();
    if (parser.characters.peek() != CharacterReader.END) {
      throw parser.error("a ')' closes nothing");
    }
    return regex;
  }

  private Regex alternatives() {
    if (++depth > MOST_NESTED) {
      throw error("more than %d groups are open".formatted(MOST_NESTED));
    }
    List<Regex> parts = new ArrayList<>();
    parts.add(sequence());
    while (characters.peek() == '|') {
      characters.next();
      parts.add(sequence());
    }
    depth--;
    return factory.either(parts);
  }

  private Regex sequence() {
    Deque<UnaryOperator<Regex>> parts = new ArrayDeque<>();
    int length = 0;
    while (true) {
      characters.skipBlanks();
      if (characters.peek() == CharacterReader.END
          || characters.peek() == '|'
          || characters.peek() == ')') {
        break;
      }
      boolean negative = characters.skip("(?!");
      if (negative || characters.skip("(?=")) {
        Regex ahead = factory.sequence(alternatives(), factory.anything());
        close();
        Regex constraint = negative ? factory.complement(ahead) : ahead;
        parts.push(rest -> factory.both(List.of(constraint, rest)));
      } else {
        Regex part = repeated();
        length += part.length();
        checkLength(length);
        parts.push(rest -> factory.sequence(part, rest));
      }
    }
    Regex regex = factory.empty();
    for (UnaryOperator<Regex> part : parts) {
      regex = part.apply(regex);
    }
    return regex;
  }

  private void checkLength(long length) {
    if (length > Regex.MOST_IN_SEQUENCE) {
      throw error("the expression is too long; repeat less");
    }
  }

  private Regex repeated() {
    Regex regex = atom();
    while (true) {
      characters.skipBlanks();
      int least;
      int most;
      switch (characters.peek()) {
        case '*' -> {
          characters.next();
          least = 0;
          most = -1;
        }
        case '+' -> {
          characters.next();
          least = 1;
          most = -1;
        }
        case '?' -> {
          characters.next();
          least = 0;
          most = 1;
        }
        case '{' -> {
          int open = at();
          characters.next();
          least = characters.peek() == ',' ? 0 : number();
          most = least;
          if (characters.peek() == ',') {
            characters.next();
            most = characters.peek() == '}' ? -1 : number();
          }
          if (characters.next() != '}' || (most >= 0 && most < least)) {
            characters.goTo(open);
            throw error("the number of repetitions is wrong");
          }
        }
        default -> {
          return regex;
        }
      }
      checkLength((long) regex.length() * Math.max(least, most));
      regex = factory.repeat(regex, least, most);
      if (characters.peek() == '?' || characters.peek() == '+') {
        characters.next();
      }
    }
  }

  private int number() {
    int start = at();
    while (characters.peek() >= '0' && characters.peek() <= '9') {
      characters.next();
    }
    if (start == at() || at() - start > 4) {
      throw error("a number from 0 to 9999 is missing");
    }
    return Integer.parseInt(characters.between(start, at()));
  }

  private Regex atom() {
    int start = at();
    int c = characters.next();
    return switch (c) {
      case '(' -> group();
      case '[' -> characters.characterClass().toRegex(factory);
      case '.' ->
          (flags.contains('s')
                  ? CharacterClass.none().complement()
                  : CharacterClass.range('\n', '\n').complement())
              .toRegex(factory);
      case '\\' -> {
        if (characters.peek() == 'b'
            || characters.peek() == 'B'
            || characters.peek() == 'A'
            || characters.peek() == 'Z') {
          throw error(
              "\\"
                  + (char) characters.peek()
                  + " looks outside the match, which a terminal cannot");
        }
        yield characters.cased(characters.escape()).toRegex(factory);
      }
      case '^', '$' -> {
        characters.goTo(start);
        throw error((char) c + " looks outside the match, which a terminal cannot");
      }
      case '*', '+', '?' -> {
        characters.goTo(start);
        throw error("there is nothing to repeat");
      }
      default -> characters.cased(CharacterClass.range(c, c)).toRegex(factory);
    };
  }

  private Regex group() {
    if (characters.peek() == '?') {
      int start = at();
      boolean known = characters.skip("?:") || (characters.skip("?P<") && characters.skipTo('>'));
      if (!known) {
        characters.goTo(start);
        throw error("only the groups (?:...), (?P<name>...), (?=...) and (?!...) are known");
      }
    }
    Regex regex = alternatives();
    close();
    return regex;
  }

  private void close() {
    if (characters.next() != ')') {
      throw error("a ')' is missing");
    }
  }

  private int at() {
    return characters.at();
  }

  private RegexSyntaxException error(String message) {
    return characters.error(message);
  }
}
