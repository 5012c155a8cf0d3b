package dev.mallard.grammars.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.grammars.BuiltInGrammar;
import dev.mallard.grammars.notation.GrammarCompiler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may stand only within some rules: {@code %within} and {@code %afresh}. */
class ContextsTest {
  private static final Grammar PYTHON = BuiltInGrammar.PYTHON.compile();
  private static final Grammar JAVASCRIPT = BuiltInGrammar.JAVASCRIPT.compile();

  /** b stands in round brackets, c in square ones or round ones; nothing is around braces. */
  private static final Grammar BRACKETS =
      GrammarCompiler.lark(
          """
          start: item*
          item: "a" | "b" | c | "(" round ")" | "[" square "]" | "{" braces "}"
          c: "c"
          round: item*
          square: item*
          braces: item*
          %within round "b" c
          %within square c
          %afresh braces
          """,
          "start");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "def f():\n return 1\n",
        "async def f():\n return await x\n",
        "def f():\n if x:\n  return\n else:\n  yield\n",
        "def f():\n x = yield\n y = yield from x\n",
        "def f():\n return f'{(yield 1)}'\n",
        "while x:\n break\n",
        "for x in y:\n if x: continue\n else: break\n",
        "while x:\n try: break\n finally: continue\n",
        "while x:\n def f():\n  return\n break\n",
        "def f():\n for x in y:\n  return\n",
        "class A:\n def f(self): return\n",
        "lambda: (yield)\n",
        "async def f():\n async for x in y: await x\n async with x: pass\n"
      })
  void pythonsStatementsStandWhereTheyMay(String program) {
    assertThat(PYTHON.accepts(program.getBytes(StandardCharsets.UTF_8))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "return 1\n",
        "if x:\n return\n",
        "def f(): pass\nreturn\n",
        "class A:\n return\n",
        "def f():\n class A:\n  return\n",
        "break\n",
        "while x: pass\nelse: break\n",
        "while x:\n def f(): break\n",
        "while x:\n class A: continue\n",
        "x = yield\n",
        "class A: x = (yield)\n",
        "f'{(yield)}'\n",
        "def f(x=(yield)): pass\n",
        "async def f():\n yield from x\n",
        "await x\n",
        "def f(): await x\n",
        "async def f():\n lambda: await x\n",
        "async for x in y: pass\n",
        "def f():\n async with x: pass\n"
      })
  void andNowhereElse(String program) {
    assertThat(PYTHON.accepts(program.getBytes(StandardCharsets.UTF_8))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "function f() { return 1 }",
        "x => { return }",
        "function* g() { x = yield* y; return }",
        "async function f() { for await (x of y) await z }",
        "async x => await x",
        "await x; for await (const a of b) c()",
        "class A { async *m() { yield await 1 } get x() { return 1 } static { x } }",
        "({ *m() { yield } })",
        "x.yield = x.await",
        "async function f() { function g() { return } await g }"
      })
  void javaScriptsStatementsStandWhereTheyMay(String program) {
    assertThat(JAVASCRIPT.accepts(program.getBytes(StandardCharsets.UTF_8))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "return",
        "{ return 1 }",
        "class A { static { return } }",
        "function f() { yield 1 }",
        "function* g() { function f() { yield 1 } }",
        "function* g() { x => yield }",
        "function f() { await x }",
        "async function f() { x => await x }",
        "function f() { for await (x of y); }",
        "class A { x = await 1 }",
        "async function f() { function g(x = await 1) {} }"
      })
  void andInJavaScriptNowhereElse(String program) {
    assertThat(JAVASCRIPT.accepts(program.getBytes(StandardCharsets.UTF_8))).isFalse();
  }

  @Property(tries = 2000)
  void agreesWithCountingTheBracketsThatAreOpen(@ForAll("texts") String text) {
    Prefix prefix = BRACKETS.start();
    Deque<Character> open = new ArrayDeque<>();
    boolean allowed = true;
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      allowed &= may(open, character);
      prefix = prefix.feed((byte) character);
      assertThat(prefix.isViable()).as(text).isEqualTo(allowed);
      if ("([{".indexOf(character) >= 0) {
        open.push(character);
      } else if (")]}".indexOf(character) >= 0) {
        open.poll();
      }
    }
    assertThat(prefix.isComplete()).as(text).isEqualTo(allowed && open.isEmpty());
  }

  private static boolean may(Deque<Character> open, char next) {
    return switch (next) {
      case 'b' -> isWithin(open, "(");
      case 'c' -> isWithin(open, "([");
      case ')' -> !open.isEmpty() && open.peek() == '(';
      case ']' -> !open.isEmpty() && open.peek() == '[';
      case '}' -> !open.isEmpty() && open.peek() == '{';
      default -> true;
    };
  }

  /** Whether one of some brackets is open, inside of the innermost braces. */
  private static boolean isWithin(Deque<Character> open, String brackets) {
    for (char bracket : open) {
      if (bracket == '{') {
        return false;
      }
      if (brackets.indexOf(bracket) >= 0) {
        return true;
      }
    }
    return false;
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().withChars("abc([{)]}").ofMaxLength(12);
  }
}
