package dev.mallard.sandbox.javascript;

import dev.mallard.sandbox.javascript.JavaScriptSuite.Site;
import dev.mallard.sandbox.javascript.Token.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Rewrites the assertions of a suite so that the host knows which of them is reached, and sees both
 * sides of what they compare: {@code console.assert(a === b)} becomes {@code N.site(0,
 * console.assert)(N.sides(0, true, a, b))}. Each operand is evaluated once, in order.
 */
final class AssertionRewriter {
  /** Operators that bind less tightly than equality, or that are equality. */
  private static final Set<String> LOOSE =
      Set.of(
          "&", "^", "|", "&&", "||", "??", "?", ":", "=>", "=", "+=", "-=", "*=", "/=", "%=", "**=",
          "<<=", ">>=", ">>>=", "&=", "|=", "^=", "&&=", "||=", "??=", "===", "!==", "==", "!=",
          "...", "yield");

  private static final Set<String> COMPARING =
      Set.of("equal", "strictEqual", "deepEqual", "deepStrictEqual");

  private static final Pattern ASSERT_MODULE =
      Pattern.compile("(['\"`])(node:)?assert(/strict)?\\1");

  private final String text;
  private final List<Token> tokens;
  private final String tool;
  private final Set<String> modules = new HashSet<>();
  private final Set<String> functions = new HashSet<>();
  private final List<Site> sites = new ArrayList<>();
  private final Map<Integer, String> insertions = new TreeMap<>();
  private final Map<Integer, String> replacements = new TreeMap<>();

  private final int firstNumber;

  /**
   * Prepares to rewrite a part of a suite.
   *
   * @param text the part
   * @param tokens its tokens
   * @param tool the name of the object with the functions {@code site} and {@code sides}
   * @param whole the tokens of the whole suite, which say what assertions are called
   * @param firstNumber the number of the part's first assertion
   */
  AssertionRewriter(
      String text, List<Token> tokens, String tool, List<Token> whole, int firstNumber) {
    this.text = text;
    this.tokens = tokens;
    this.tool = tool;
    this.firstNumber = firstNumber;
    modules.add("assert");
    findNames(whole);
  }

  /** The rewritten text and its assertions. */
  record Rewritten(String text, List<Site> sites) {}

  Rewritten rewrite() {
    for (int index = 0; index < tokens.size(); index++) {
      int open = callee(index);
      if (open > 0) {
        int close = closing(open);
        if (close > 0) {
          site(index, open, close);
        }
      }
    }
    StringBuilder rewritten = new StringBuilder();
    int copied = 0;
    Set<Integer> places = new TreeSet<>(insertions.keySet());
    places.addAll(replacements.keySet());
    for (int place : places) {
      rewritten.append(text, copied, place).append(insertions.getOrDefault(place, ""));
      copied = place;
      String replacement = replacements.get(place);
      if (replacement != null) {
        rewritten.append(replacement);
        copied = place + (text.startsWith("===", place) ? 3 : 2);
      }
    }
    rewritten.append(text, copied, text.length());
    return new Rewritten(rewritten.toString(), List.copyOf(sites));
  }

  /** Finds {@code const a = require('assert')} and {@code const {equal: same} = require(...)}. */
  private void findNames(List<Token> whole) {
    for (int index = 2; index + 2 < whole.size(); index++) {
      if (!whole.get(index).is("require")
          || !whole.get(index + 1).is("(")
          || !ASSERT_MODULE.matcher(whole.get(index + 2).text()).matches()
          || !whole.get(index - 1).is("=")) {
        continue;
      }
      Token name = whole.get(index - 2);
      if (name.kind() == Kind.WORD) {
        modules.add(name.text());
      } else if (name.is("}")) {
        for (int at = index - 3; at >= 0 && !whole.get(at).is("{"); at--) {
          boolean renamed = whole.get(at + 1).is(":");
          if (whole.get(at).kind() == Kind.WORD && !renamed) {
            functions.add(whole.get(at).text());
          }
        }
      }
    }
  }

  /** The index of the parenthesis after the name of an assertion that begins here, or 0. */
  private int callee(int index) {
    Token token = tokens.get(index);
    if (token.kind() != Kind.WORD
        || (index > 0
            && (isAt(index - 1, ".")
                || isAt(index - 1, "?.")
                || isAt(index - 1, "function")
                || isAt(index - 1, "new")))) {
      return 0;
    }
    if (token.is("console")) {
      return isAt(index + 1, ".") && isAt(index + 2, "assert") && isAt(index + 3, "(")
          ? index + 3
          : 0;
    }
    if (functions.contains(token.text())) {
      return isAt(index + 1, "(") ? index + 1 : 0;
    }
    boolean required =
        token.is("require")
            && isAt(index + 1, "(")
            && index + 3 < tokens.size()
            && ASSERT_MODULE.matcher(tokens.get(index + 2).text()).matches();
    if (!required && !modules.contains(token.text())) {
      return 0;
    }
    int at = required ? index + 4 : index + 1;
    while (isAt(at, ".") && at + 1 < tokens.size() && tokens.get(at + 1).kind() == Kind.WORD) {
      at += 2;
    }
    return isAt(at, "(") ? at : 0;
  }

  private boolean isAt(int index, String expected) {
    return index < tokens.size() && tokens.get(index).is(expected);
  }

  private int closing(int open) {
    int depth = 0;
    for (int index = open; index < tokens.size(); index++) {
      depth += tokens.get(index).opens() ? 1 : tokens.get(index).closes() ? -1 : 0;
      if (depth == 0) {
        return index;
      }
    }
    return 0;
  }

  private void site(int first, int open, int close) {
    int number = firstNumber + sites.size();
    insert(tokens.get(first).start(), tool + ".site(" + number + ", ");
    insert(tokens.get(open).start(), ")");
    int end = argumentEnd(open + 1, close);
    String name = tokens.get(open - 1).text();
    Optional<String> expression = Optional.empty();
    if (COMPARING.contains(name) || (functions.contains(name) && !name.equals("ok"))) {
      expression = Optional.of(between(open + 1, end));
    } else if (name.equals("assert") || name.equals("ok") || modules.contains(name)) {
      expression = compare(number, open + 1, end);
    }
    boolean awaits = tokens.subList(open, close).stream().anyMatch(token -> token.is("await"));
    sites.add(new Site(between(first, close + 1), expression, awaits));
  }

  /** The index at which the argument that begins here ends. */
  private int argumentEnd(int from, int close) {
    int depth = 0;
    for (int index = from; index < close; index++) {
      depth += tokens.get(index).opens() ? 1 : tokens.get(index).closes() ? -1 : 0;
      if (depth == 0 && tokens.get(index).is(",")) {
        return index;
      }
    }
    return close;
  }

  private Optional<String> compare(int number, int from, int end) {
    int operator = 0;
    int depth = 0;
    for (int index = from; index < end; index++) {
      Token token = tokens.get(index);
      depth += token.opens() ? 1 : token.closes() ? -1 : 0;
      if (depth == 0 && LOOSE.contains(token.text()) && token.kind() != Kind.STRING) {
        if (operator > 0 || !(token.is("===") || token.is("=="))) {
          return Optional.empty();
        }
        operator = index;
      }
    }
    if (operator <= from || operator + 1 >= end) {
      return Optional.empty();
    }
    boolean strictly = tokens.get(operator).is("===");
    insert(tokens.get(from).start(), tool + ".sides(" + number + ", " + strictly + ", ");
    replacements.put(tokens.get(operator).start(), ",");
    insert(tokens.get(end - 1).end(), ")");
    return Optional.of(between(from, operator));
  }

  private void insert(int place, String what) {
    insertions.merge(place, what, (before, after) -> before + after);
  }

  private String between(int first, int end) {
    return first >= end ? "" : text.substring(tokens.get(first).start(), tokens.get(end - 1).end());
  }
}
