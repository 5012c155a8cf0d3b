package dev.mallard.sandbox.javascript;

import dev.mallard.sandbox.Verdict.Malformed;
import dev.mallard.sandbox.executor.SourceText;
import dev.mallard.sandbox.javascript.AssertionRewriter.Rewritten;
import dev.mallard.sandbox.javascript.JavaScriptSuite.Piece;
import dev.mallard.sandbox.javascript.JavaScriptSuite.Site;
import dev.mallard.sandbox.javascript.Token.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;

/** Splits a test suite into its statements, with the engine's own parser. */
final class SuiteParser {
  /** Suites of more lines than this are run in one piece. */
  private static final int MOST_LINES = 5_000;

  /** A line that begins with one of these belongs to the statement before. */
  private static final Set<String> CONTINUING =
      Set.of(
          ".",
          "?.",
          "(",
          "[",
          "+",
          "-",
          "*",
          "/",
          "%",
          "**",
          ",",
          "?",
          ":",
          "=",
          "==",
          "===",
          "!=",
          "!==",
          "<",
          ">",
          "<=",
          ">=",
          "&&",
          "||",
          "??",
          "&",
          "|",
          "^",
          "<<",
          ">>",
          ">>>",
          "=>",
          "+=",
          "-=",
          "*=",
          "/=",
          "in",
          "instanceof",
          "else",
          "catch",
          "finally",
          ";",
          ")",
          "]",
          "}",
          "{");

  private static final Pattern DECLARATION =
      Pattern.compile("^(\\s*)(?:const|let|var)\\s+([\\w$]+)\\s*=(?!=)");

  private final Context context;

  /**
   * Prepares to split.
   *
   * @param context a context in which no program ever runs
   */
  SuiteParser(Context context) {
    this.context = context;
  }

  /** What is wrong with a suite; empty if nothing is. */
  Optional<Malformed> problem(String text) {
    Optional<Malformed> problem = SourceText.problem(text);
    if (problem.isPresent()) {
      return problem;
    }
    String script = ModuleSyntax.toScript(text);
    Optional<PolyglotException> error = parseError(script);
    if (error.isEmpty() || parseError(asynchronous(script)).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(JavaScriptErrors.whileParsing(error.get()));
  }

  /**
   * Splits a suite that parses.
   *
   * @param tool the name of what its assertions are to call
   */
  JavaScriptSuite parse(String text, String tool) {
    String script = ModuleSyntax.toScript(text);
    List<Token> tokens = Tokenizer.tokens(script);
    List<int[]> ranges = ranges(script, tokens);
    List<Piece> pieces = new ArrayList<>();
    List<Site> sites = new ArrayList<>();
    Set<String> asserting = new HashSet<>(); // functions of the suite that run assertions
    for (int[] range : ranges) {
      String source = script.substring(range[0], range[1]);
      List<Token> own = Tokenizer.tokens(source);
      Rewritten part = new AssertionRewriter(source, own, tool, tokens, sites.size()).rewrite();
      sites.addAll(part.sites());
      boolean asserts =
          !part.sites().isEmpty()
              || own.stream()
                  .anyMatch(token -> token.kind() == Kind.WORD && asserting.contains(token.text()));
      Optional<String> defined = definedFunction(own);
      if (asserts) {
        defined.ifPresent(asserting::add);
      }
      // Lines before the piece are kept as empty ones, so that stack traces name the right line.
      int lines = (int) script.substring(0, range[0]).lines().count();
      String placed = "\n".repeat(lines) + part.text();
      boolean awaits = parseError(source).isPresent();
      pieces.add(
          new Piece(
              awaits ? waiting(placed) : placed,
              source.strip(),
              asserts && defined.isEmpty(),
              awaits));
    }
    return new JavaScriptSuite(pieces, sites);
  }

  private List<int[]> ranges(String script, List<Token> tokens) {
    List<int[]> ranges = new ArrayList<>();
    if (script.lines().count() > MOST_LINES) {
      ranges.add(new int[] {0, script.length()});
      return ranges;
    }
    int start = 0;
    int depth = 0;
    for (int index = 0; index < tokens.size(); index++) {
      Token token = tokens.get(index);
      depth += token.opens() ? 1 : token.closes() ? -1 : 0;
      boolean last = index + 1 == tokens.size();
      int lineEnd = script.indexOf('\n', token.end());
      int end = last || lineEnd < 0 ? script.length() : lineEnd + 1;
      boolean mayEnd =
          depth <= 0
              && (last
                  || (lineEnd >= 0
                      && lineEnd < tokens.get(index + 1).start()
                      && !continues(tokens.get(index + 1))
                      && !isEndOfDo(tokens, start, index + 1)));
      if (mayEnd && (last || parses(script.substring(start, end)))) {
        ranges.add(new int[] {start, end});
        start = end;
      }
    }
    return ranges;
  }

  private static boolean continues(Token token) {
    return (token.kind() != Kind.STRING && CONTINUING.contains(token.text()))
        || token.text().startsWith("`");
  }

  private static boolean isEndOfDo(List<Token> tokens, int start, int index) {
    return tokens.get(index).is("while")
        && tokens.stream()
            .filter(token -> token.start() >= start)
            .findFirst()
            .orElseThrow()
            .is("do");
  }

  private boolean parses(String text) {
    return parseError(text).isEmpty()
        || (text.contains("await") && parseError(asynchronous(text)).isEmpty());
  }

  private Optional<PolyglotException> parseError(String text) {
    try {
      context.parse(JavaScriptSources.once(text, JavaScriptSources.TESTS));
      return Optional.empty();
    } catch (PolyglotException e) {
      return Optional.of(e);
    }
  }

  private static String asynchronous(String text) {
    return "(async () => {" + text + "\n})()";
  }

  /** A piece that waits is run in a function; the first variable that it declares stays global. */
  private static String waiting(String text) {
    Matcher declaration = DECLARATION.matcher(text);
    return declaration.find()
        ? "var "
            + declaration.group(2)
            + "; (async () => {"
            + declaration.group(1)
            + declaration.group(2)
            + " ="
            + text.substring(declaration.end())
            + "\n})()"
        : asynchronous(text);
  }

  /** The name of the function that a statement does nothing but define. */
  private static Optional<String> definedFunction(List<Token> tokens) {
    int at = 0;
    if (tokens.size() < 3) {
      return Optional.empty();
    }
    if (tokens.get(0).is("const") || tokens.get(0).is("let") || tokens.get(0).is("var")) {
      if (!tokens.get(2).is("=") || tokens.size() < 5) {
        return Optional.empty();
      }
      at = tokens.get(3).is("async") ? 4 : 3;
      boolean function =
          tokens.get(at).is("function")
              || (tokens.get(at).is("(") && arrowAfter(tokens, at))
              || (at + 1 < tokens.size() && tokens.get(at + 1).is("=>"));
      return function ? Optional.of(tokens.get(1).text()) : Optional.empty();
    }
    at = tokens.get(0).is("async") ? 1 : 0;
    if (tokens.get(at).is("function") || tokens.get(at).is("class")) {
      int name = tokens.get(at + 1).is("*") ? at + 2 : at + 1;
      return Optional.of(tokens.get(name).text());
    }
    return Optional.empty();
  }

  private static boolean arrowAfter(List<Token> tokens, int open) {
    int depth = 0;
    for (int index = open; index + 1 < tokens.size(); index++) {
      depth += tokens.get(index).opens() ? 1 : tokens.get(index).closes() ? -1 : 0;
      if (depth == 0) {
        return tokens.get(index + 1).is("=>");
      }
    }
    return false;
  }
}
