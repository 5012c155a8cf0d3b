package dev.mallard.generator.loop;

import dev.mallard.generator.problem.Language;
import dev.mallard.sandbox.GuestLanguage;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How assertions look in a language that stand in one line each.
 *
 * @param beginning what they begin with
 * @param comparison what is in those that say what a call must give
 * @param call finds calls of functions, up to and with the bracket before the arguments
 * @param wrapper matches the names of functions that tests put around what they test
 * @param text matches literals of strings
 * @param equality an assertion that a call, its first place, gives a string, its second one
 * @param form an assertion as a model is told of it
 */
record AssertionLook(
    Pattern beginning,
    Pattern comparison,
    Pattern call,
    Pattern wrapper,
    Pattern text,
    String equality,
    String form) {
  private static final String IN_DOUBLE_QUOTES = "\"(?:[^\"\\\\\n]|\\\\.)*\"";
  private static final String IN_SINGLE_QUOTES = "'(?:[^'\\\\\n]|\\\\.)*'";

  private static final AssertionLook PYTHON =
      new AssertionLook(
          Pattern.compile("assert[ (]"),
          Pattern.compile("=="),
          Pattern.compile("(?<![\\w.])(?<name>[A-Za-z_]\\w*)\\("),
          Pattern.compile(
              "abs|all|any|bool|dict|float|int|isinstance|len|list|max|min|not|round|set|sorted|str|sum"
                  + "|tuple|type"),
          Pattern.compile(IN_DOUBLE_QUOTES + "|" + IN_SINGLE_QUOTES),
          "assert %s == '%s'",
          "an `assert`");

  private static final AssertionLook JAVASCRIPT =
      new AssertionLook(
          Pattern.compile("(?:console\\.)?assert(?:\\.\\w+)?\\((?!.*\\bawait\\b)"),
          Pattern.compile("===?|[eE]qual\\("),
          Pattern.compile(
              "(?<![\\w$.])(?<!\\bnew )(?<name>[A-Za-z_$][\\w$]*(?:\\.[A-Za-z_$][\\w$]*)*)\\("),
          Pattern.compile(
              "(?:JSON|Math|Object|Array|Number|String|Boolean|BigInt)(?:\\.\\w+)?|parseInt|parseFloat|isNaN"),
          PYTHON.text(),
          "console.assert(%s === '%s');",
          "a `console.assert(... === ...);`");

  /** A method of an object is called on one that is made for it: {@code new Name().method(}. */
  private static final AssertionLook JAVA =
      new AssertionLook(
          Pattern.compile("assert[ (]"),
          Pattern.compile("==|[eE]quals\\("),
          Pattern.compile(
              "(?<![\\w.])(?<!\\bnew )(?<name>(?:new [A-Z]\\w*\\(\\)\\.)?[A-Za-z_]\\w*(?:\\.[A-Za-z_]\\w*)*)\\("),
          Pattern.compile(
              "(?:Arrays|Boolean|Collections|Double|Integer|List|Long|Map|Math|Objects|Set|String)(?:\\.\\w+)?"),
          Pattern.compile(IN_DOUBLE_QUOTES),
          "assert Objects.equals(%s, \"%s\");",
          "an `assert ... == ...;` or, for objects, an `assert Objects.equals(..., ...);`");

  /** The look of a language's assertions, if tests are assertions in it. */
  static Optional<AssertionLook> of(Language language) {
    return switch (language.guestLanguage()) {
      case GuestLanguage.PYTHON -> Optional.of(PYTHON);
      case GuestLanguage.JAVASCRIPT -> Optional.of(JAVASCRIPT);
      case GuestLanguage.JAVA -> Optional.of(JAVA);
      default -> Optional.empty();
    };
  }

  /** Whether a line is an assertion that says what a call must give. */
  boolean compares(String line) {
    return beginning.matcher(line.strip()).lookingAt() && comparison.matcher(line).find();
  }

  /** The first call in an assertion, of a function that is not put around another. */
  Optional<TestCall> callIn(String line) {
    String assertion = line.strip();
    Matcher begun = beginning.matcher(assertion);
    if (!begun.lookingAt()) {
      return Optional.empty();
    }
    Matcher calls = call.matcher(assertion);
    calls.region(begun.end(), assertion.length()).useTransparentBounds(true);
    while (calls.find()) {
      if (!wrapper.matcher(calls.group("name")).matches()) {
        int end = end(assertion, calls.end());
        return end < 0
            ? Optional.empty()
            : Optional.of(
                new TestCall(
                    assertion.substring(calls.start(), end), calls.group("name").length()));
      }
    }
    return Optional.empty();
  }

  /** The place after the bracket that closes the one before a place; -1 if there is none. */
  private static int end(String text, int from) {
    int depth = 1;
    char quote = 0;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        if (c == '\\') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (c == '"' || c == '\'' || c == '`') {
        quote = c;
      } else if (c == '(' || c == '[' || c == '{') {
        depth++;
      } else if (c == ')' || c == ']' || c == '}') {
        depth--;
        if (depth == 0) {
          return i + 1;
        }
      }
    }
    return -1;
  }
}
