package dev.mallard.grammars.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.grammars.BuiltInGrammar;
import dev.mallard.grammars.notation.GrammarCompiler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A token is allowed exactly if the prefix stays viable when its bytes are read one by one. */
class TokenMasksTest {
  private static final String PYTHON =
      """
      # Counts — as it says.
      import os.path as p

      @cached
      def count(words: list[str], *, least=1) -> dict:
          \"\"\"Counts words.

          "" is none.\"\"\"
          found = {w: words.count(w) for w in words if w}
          if not found and (least > 0x1f or 1.5e-3 != .5):
              return {}
          else:
              match least:
                  case 1 | 2: pass
          print(f"{len(found)!r:>{least}} of {{x}}", r'\\d', b"\\x00")
          x = [[(1, -2), ()], lambda a: a ** 2][0]
          return found
      """;

  private static final String JAVA =
      """
      package a.b; // Möwe
      import java.util.*;
      /* all */
      sealed interface S<T extends Map<String, List<T>>> permits A {
        record A(int x, String... y) implements S<A> {
          static final int Z = x >>> 2 >= 1 ? 'c' : (int) 1e3f;
          int f() { return switch (this) { case A(var q, _) when q > 0 -> 1; default -> { yield -2; } }; }
        }
        default String s() { for (var i : List.<Integer>of()) { if (i != 0) continue; } return \"\"\"
            "t" \\n\"\"\" + "x"; }
      }
      """;

  private static final String JAVASCRIPT =
      """
      'use strict'
      const f = async (a, {b, ...c} = {}) => { await a?.b ?? c }
      let r = /[/\\]]+/gi.test(`a${f`x` + `${1}`}b`) / 2 / 1
      label: for (const k of [1, , 0x1F]) { if (k) break label
        else k++
      }
      class A extends B { static #x = 1; get y() { return this.#x } }
      export default function* () { yield* g(); return
      1 }
      """;

  private static final String SQL =
      """
      WITH t(a) AS (SELECT 1 UNION ALL SELECT a + 1 FROM t WHERE a < 10)
      SELECT DISTINCT t.a, count(*) AS "n", 'it''s' || x FROM t LEFT JOIN u ON u.id = t.a -- all
      WHERE NOT t.a BETWEEN 1 AND 2.5e1 AND b IN (SELECT c FROM v) GROUP BY 1 HAVING n > 2
      ORDER BY a DESC LIMIT 3;
      """;

  /** All bytes, parts of all programs, and some that no program has; one of them twice. */
  private static final List<byte[]> VOCABULARY = vocabulary();

  private static final TokenTrie TRIE = TokenTrie.of(VOCABULARY.size(), VOCABULARY::get);

  private static String program(BuiltInGrammar language) {
    return switch (language) {
      case JAVA -> JAVA;
      case JAVASCRIPT -> JAVASCRIPT;
      case PYTHON -> PYTHON;
      case SQL -> SQL;
    };
  }

  private static List<byte[]> vocabulary() {
    TreeSet<String> texts = new TreeSet<>();
    for (BuiltInGrammar language : BuiltInGrammar.values()) {
      String program = program(language);
      for (int length = 2; length <= 9; length++) {
        for (int at = 0; at + length <= program.length(); at += length > 3 ? 5 : 1) {
          texts.add(program.substring(at, at + length));
        }
      }
    }
    texts.addAll(
        List.of(
            "))))",
            "}}}}",
            ")\n\n",
            ":\n\t",
            "\n        return",
            "\n    }\n}\n",
            "                ",
            "\"\"\"\n\n\"\"\"",
            "*/ /*",
            "1e",
            "0x",
            ">>>=",
            "...",
            "?.5",
            "\r\n\r\n",
            "// x\n//",
            "# x\n    # y\n",
            "`${`",
            "${",
            "é漢",
            "<!--",
            "\\\n"));
    List<byte[]> tokens = new ArrayList<>();
    for (int value = 0; value < 256; value++) {
      tokens.add(new byte[] {(byte) value});
    }
    tokens.add(new byte[0]);
    tokens.add(new byte[] {'a'});
    tokens.add(new byte[] {(byte) 0xe6, (byte) 0xbc});
    texts.forEach(text -> tokens.add(text.getBytes(StandardCharsets.UTF_8)));
    return tokens;
  }

  @ParameterizedTest
  @EnumSource
  void allowsWhatKeepsThePrefixViable(BuiltInGrammar language) {
    Grammar grammar = language.compile();
    TokenMasks masks = new TokenMasks(grammar, TRIE);
    byte[] program = program(language).getBytes(StandardCharsets.UTF_8);
    Prefix prefix = grammar.start();
    for (int i = 0; i < program.length; i++) {
      // Every place is asked for, so that most answers come from earlier ones.
      TokenMask mask = masks.of(prefix);
      if (i % 7 == 0) {
        assertThat(wrong(prefix, mask))
            .as("after " + new String(program, 0, i, StandardCharsets.UTF_8))
            .isEmpty();
        assertThat(mask.mayEnd()).isEqualTo(prefix.isComplete());
      }
      prefix = prefix.feed(program[i]);
      assertThat(prefix.isViable()).isTrue();
    }
    assertThat(masks.of(prefix).mayEnd()).isTrue();
  }

  @Test
  void aGrammarWhoseStackMeetsItselfIsAskedInFull() {
    // Nothing, again and again, before the list: the stack is a cycle.
    Grammar grammar =
        GrammarCompiler.lark(
            """
            start: list
            list: none list "c" | "b" "(" list ")" | "b"
            none:
            """,
            "start");
    TokenMasks masks = new TokenMasks(grammar, TRIE);
    for (String text : List.of("", "b", "b(b(b", "b(bcc)cc", "b(b(b)c)", "bccc")) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      Prefix prefix = grammar.start().feed(bytes, 0, bytes.length);
      assertThat(wrong(prefix, masks.of(prefix))).as(text).isEmpty();
    }
  }

  @Test
  void anAmbiguousGrammarIsAskedInFull() {
    Grammar grammar =
        GrammarCompiler.lark(
            """
            start: e
            e: e e | e "+" e | "(" e ")" | "a" | "[" e "]" "+"
            """,
            "start");
    TokenMasks masks = new TokenMasks(grammar, TRIE);
    Prefix prefix = grammar.start();
    for (byte value : "a+(a(aa)+[(a)a]++a)a".getBytes(StandardCharsets.UTF_8)) {
      assertThat(wrong(prefix, masks.of(prefix))).isEmpty();
      prefix = prefix.feed(value);
    }
    assertThat(masks.of(prefix).mayEnd()).isTrue();
  }

  /** The tokens about which a mask is wrong. */
  private static List<String> wrong(Prefix prefix, TokenMask mask) {
    List<String> wrong = new ArrayList<>();
    for (int token = 0; token < VOCABULARY.size(); token++) {
      byte[] bytes = VOCABULARY.get(token);
      boolean viable = bytes.length > 0 && prefix.feed(bytes, 0, bytes.length).isViable();
      if (viable != mask.allows(token)) {
        wrong.add((viable ? "refused: " : "allowed: ") + new String(bytes, StandardCharsets.UTF_8));
      }
    }
    return wrong;
  }
}
