package dev.mallard.grammars.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.grammars.BuiltInGrammar;
import dev.mallard.grammars.GrammarException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Grammars as language models read them. */
class GrammarDigestTest {
  private static final String LADDER = " with operators, from the loosest: ";
  private static final Pattern DEFINITION = Pattern.compile("(\\w+)(?:<([^>]*)>)?: ");
  private static final Pattern LEVEL = Pattern.compile("(\\w+): ");
  private static final Pattern PROSE =
      Pattern.compile(": (e\\.g\\.|one of|the end|more|a semicolon) ");
  private static final Pattern QUOTED = Pattern.compile("\"(\\\\.|[^\"])*\"i?|'[^']*'i?|  // .*");
  private static final Pattern NAME = Pattern.compile("([A-Za-z_]\\w*)(\\.\\.\\.)?");

  private static final String LISP =
      """
      // A small Lisp.
      //
      // A program is evaluated form by form.

      start: form*
      form: list | quoted | atom  // what can be evaluated

      // --- Lists ---

      // The first form is the function.
      list: "(" form* ")"
      quoted: "'" form
      atom: NUMBER | STRING | SYMBOL

      // --- Atoms ---

      NUMBER.1: /-?[0-9]+(\\.[0-9]+)?/
      // e.g. "a \\"quoted\\" text"
      STRING: /"([^"\\\\\\x00-\\x1f]|\\\\(["\\\\\\/bfnrt]|u[0-9a-fA-F]{4}))*"/
      SYMBOL: /[-a-z0-9+*\\/<>=?!]+/

      // Comments begin with a semicolon.
      %ignore /[ \\t\\n]+/
      %ignore /;[^\\n]*/
      """;

  private static final String CALCULATOR =
      """
      start: (line "\\n")*
      // A name keeps its value.
      line: NAME ASSIGN expression | expression | "shift" sum
      expression: conjunction | expression "or" conjunction
      conjunction: negation ("and" negation)*
      negation: "not" negation | comparison
      comparison: sum [comparator sum]
      comparator: "<" | ">" "="
      sum: product | sum ("+" | "-") product
      product: power | product MULTIPLIED power
      power: signed ["^" power]
      signed: ("+" | "-" | "~") signed | shifted
      shifted: doubled | shifted ("<" SMALLER | ">" MORE) doubled
      doubled: doubled "doubled" | postfix
      postfix: primary | postfix "!"
      primary: NAME | NUMBER | "(" expression ")" | call
      call: NAME "(" [expression ("," expression)*] ")" | NAME ">" MORE
      NAME: /[a-z]([a-z0-9]|_[a-z0-9])*|`[^`]+`|[A-Z][A-Z0-9]*/
      NUMBER: /[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?|0x[0-9a-f]+/
      ASSIGN: /[-+*\\/]?=/
      MULTIPLIED: "*" | "/"
      MORE: ">"
      SMALLER: "<"
      %adjacent MORE SMALLER
      %ignore " "
      """;

  @Test
  void aSmallGrammarComesOutWholeWithItsComments() {
    assertThat(digest(LISP, 300))
        .isEqualTo(
            """
            // A small Lisp.
            //
            // A program is evaluated form by form.

            start: form*
            form: list | quoted | atom  // what can be evaluated

            // --- Lists ---

            // The first form is the function.
            list: "(" form* ")"
            quoted: "'" form
            atom: NUMBER | STRING | SYMBOL

            // --- Atoms ---

            NUMBER: /-?[0-9]+(\\.[0-9]+)?/
            STRING: e.g. "a \\"quoted\\" text"
            SYMBOL: /[-a-z0-9+*\\/<>=?!]+/
            // Comments begin with a semicolon.
            %ignore /[ \\t\\n]+/ | /;[^\\n]*/\
            """);
  }

  @Test
  void aLargerOneIsCondensedAndItsOperatorsStandInOneLine() {
    int whole = Counting.tokens(digest(CALCULATOR, 1000));

    assertThat(digest(CALCULATOR, whole - 1))
        .isEqualTo(
            """
            // [x] may be left out, x* is any number of x, x+ one or more; x... is not shown here
            start: (line "\\n")*
            // A name keeps its value.
            line: NAME ASSIGN expression | expression | "shift" sum
            NAME: e.g. abc
            ASSIGN: one of = *= += -= /=
            expression: primary with operators, from the loosest: or, and, prefix not, < > =, sum: + -, * /, ^, prefix + - ~, << >>, postfix doubled, postfix !
            primary: NAME | NUMBER | "(" expression ")" | call
            NUMBER: e.g. 12
            call: NAME "(" [expression ("," expression)*] ")" | NAME ">>"
            %ignore " "\
            """);
  }

  @Test
  void whatIsLeftOutIsMarkedAndCommentsGoFirst() {
    assertThat(digest(CALCULATOR, 95))
        .isEqualTo(
            """
            // [x] may be left out, x* is any number of x, x+ one or more; x... is not shown here
            start: (line "\\n")*
            line: NAME ASSIGN expression... | expression... | "shift" sum...
            NAME: e.g. abc
            ASSIGN: one of = *= += -= /=
            %ignore " "\
            """);
  }

  @Test
  void anExampleStandsForARuleUnlessThereIsRoomForAll() {
    String grammar =
        """
        start: "(" list{NAME} ")"
        // e.g. a, b
        list{one}: one ("," one)* | "-" one ("-" one)* | "+" one ("+" one)* | "*" one ("*" one)*
        NAME: /[a-z]+/
        """;

    assertThat(digest(grammar, 200))
        .contains("list<NAME>")
        .contains("list<one>: one (")
        .contains("// e.g. a, b");
    assertThat(digest(grammar, 70)).contains("start: \"(\" list \")\"\nlist: e.g. a, b");
  }

  @Test
  void wordsThatAreAllInAnyCaseAreWrittenPlainly() {
    assertThat(BuiltInGrammar.SQL.text()).contains("\"select\"i");
    assertThat(digest(BuiltInGrammar.SQL.text(), 500))
        .contains("words in small letters or capitals")
        .contains("query: \"select\" [\"distinct\" | \"all\"]");
  }

  @Test
  void nothingIsShownWhereNothingFits() {
    assertThat(digest(LISP, 10)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void keepsToTheBudgetAndLeavesNoNameWithoutAWord(BuiltInGrammar grammar) {
    int last = 0;
    for (int budget : List.of(300, 1000, 2500, 5000)) {
      String text = digest(grammar.text(), budget);

      assertThat(text).startsWith("//").contains("\nstart: ");
      assertThat(Counting.tokens(text)).isLessThanOrEqualTo(budget).isGreaterThanOrEqualTo(last);
      assertThat(digest(grammar.text(), budget)).isEqualTo(text);
      last = Counting.tokens(text);
      checkNames(text);
    }
    assertThat(last).isGreaterThan(1500);
  }

  /** Each name in a rule is defined, or followed by three dots. */
  private static void checkNames(String digest) {
    Set<String> defined = new HashSet<>();
    List<String> lines = digest.lines().filter(line -> !line.startsWith("//")).toList();
    for (String line : lines) {
      Matcher matcher = DEFINITION.matcher(line);
      if (matcher.lookingAt()) {
        defined.add(matcher.group(1));
      }
      if (line.contains(LADDER)) {
        LEVEL.matcher(line).results().forEach(level -> defined.add(level.group(1)));
      }
    }
    for (String line : lines) {
      Matcher matcher = DEFINITION.matcher(line);
      if (!matcher.lookingAt() || PROSE.matcher(line).find()) {
        continue;
      }
      Set<String> known = new HashSet<>(defined);
      if (matcher.group(2) != null) {
        known.addAll(List.of(matcher.group(2).split(", ")));
      }
      if (Character.isUpperCase(line.charAt(0)) && line.contains("/")) {
        continue;
      }
      String body = line.contains(LADDER) ? line.substring(0, line.indexOf(LADDER)) : line;
      NAME.matcher(QUOTED.matcher(body.substring(matcher.end())).replaceAll(" "))
          .results()
          .forEach(name ->
              assertThat(name.group(2) == null)
                  .as("'%s' in '%s' is defined", name.group(1), line)
                  .isEqualTo(known.contains(name.group(1))));
    }
  }

  @Test
  void aGrammarThatIsNoneIsRefused() {
    assertThatThrownBy(() -> GrammarDigest.lark("start: (", "start"))
        .isInstanceOf(GrammarException.class)
        .hasMessageContaining("line 1, column 9");
  }

  private static String digest(String grammar, int budget) {
    return GrammarDigest.lark(grammar, "start").within(budget, Counting::tokens);
  }
}
