package dev.mallard.lsp.source;

import static dev.mallard.lsp.source.Sources.JAVASCRIPT;
import static dev.mallard.lsp.source.Sources.assertions;
import static dev.mallard.lsp.source.Sources.definition;
import static dev.mallard.lsp.source.Sources.sources;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JavaScriptReaderTest {
  private final SourceReader reader = Sources.reader("javascript");
  private final Outline outline = reader.read(JAVASCRIPT);

  @Test
  void finds_functions_however_they_are_declared() {
    assertThat(outline.definitions())
        .extracting(Definition::qualifiedName)
        .containsExactly("add", "sub", "half", "Stack", "Stack.push", "Stack.size");
    assertThat(outline.definitions().stream().filter(Definition::stub).map(Definition::name))
        .containsExactly("add", "sub", "push");
    assertThat(outline.definitions())
        .extracting(Definition::signature)
        .containsExactly(
            "function add(a, b)",
            "const sub = async (a, b) =>",
            "module.exports.half = function (a)",
            "class Stack extends Base",
            "push(thing)",
            "size = () =>");
  }

  @Test
  void tells_the_parts_of_a_function_after_characters_of_every_width() {
    Definition add = definition(outline, "add");

    assertThat(add.span().of(JAVASCRIPT)).startsWith("/**\n * Adds").endsWith("');\n}");
    assertThat(add.nameSpan().of(JAVASCRIPT)).isEqualTo("add");
    assertThat(add.body().of(JAVASCRIPT)).isEqualTo("throw new Error('Not implemented');");
    assertThat(add.documentation()).startsWith("Adds é̈ and 😀.\n@param {number} a first");
    assertThat(definition(outline, "Stack.push").span().of(JAVASCRIPT))
        .isEqualTo("/** Pushes 😀. */\n  push(thing) { return null; }");
    assertThat(definition(outline, "Stack.push").body().of(JAVASCRIPT)).isEqualTo("return null;");
    int place = definition(outline, "sub").body().start();
    assertThat(JAVASCRIPT.substring(0, place)).endsWith("const sub = async (a, b) => {");
  }

  @Test
  void makes_tests_of_examples() {
    List<SourceTest> examples = definition(outline, "add").examples();

    assertThat(sources(examples))
        .containsExactly(
            "console.assert(add(1, 2) === 3);",
            "console.assert(add(1, 3) === 4);",
            "var some = [1];",
            "assert.deepStrictEqual(add(some, 2), [1, 2]);",
            "console.assert(add(2, 2) === 4);");
    assertThat(assertions(JAVASCRIPT, examples))
        .containsExactly(
            "add(1, 2) // 3",
            "add(1, 3) // => 4",
            "console.log(add(some, 2)); // [1, 2]",
            "add(2, 2) === 4");
  }

  @Test
  void reads_assertions_at_the_top_level_as_tests() {
    assertThat(sources(outline.tests()))
        .containsExactly(
            "console.assert(add(1, 2) === 3, '😀');", "assert.deepEqual(add(1, 2), 3);");
    assertThat(outline.program(JAVASCRIPT)).doesNotContain("assert").hasSameSizeAs(JAVASCRIPT);
  }

  @Test
  void puts_an_import_after_those_that_are_there() {
    assertThat(outline.imports())
        .extracting(span -> span.of(JAVASCRIPT))
        .containsExactly("const fs = require('fs');");
    assertThat(JAVASCRIPT.substring(outline.importPlace())).startsWith("\n/**\n * Adds");
    assertThat(reader.read("'use strict';\nf();\n").importPlace()).isEqualTo(14);
    assertThat(reader.read("/** Doc. */\nfunction f() {}\n").importPlace()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "// later",
        "throw new Error('not implemented yet');",
        "throw new Error('TODO: f')",
        "return undefined;",
        "return null;",
        "return;"
      })
  void is_a_stub_if_it_does_nothing(String body) {
    assertThat(reader.read("function f(a) {\n" + body + "\n}\n").definitions().getFirst().stub())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"return 0;", "throw new TypeError('no');", "let x = 1; return null;"})
  void is_no_stub_if_it_does_something(String body) {
    assertThat(reader.read("function f(a) {\n" + body + "\n}\n").definitions().getFirst().stub())
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "expect(f(1)).toBe(2) | assert.strictEqual(f(1), 2);",
        "expect(f(1)).not.toBe(2) | assert.notStrictEqual(f(1), 2);",
        "expect(f(1)).toEqual([2]) | assert.deepStrictEqual(f(1), [2]);",
        "expect(f(1)).toBeTruthy() | assert.ok((f(1)));",
        "expect(f(1)).toBeFalsy() | assert.ok(!(f(1)));",
        "expect(f(1)).toHaveLength(2) | assert.strictEqual((f(1)).length, 2);",
        "expect(() => f(1)).toThrow(TypeError) | assert.throws(() => f(1), TypeError);",
        "expect(() => f(1)).toThrow('no') | assert.throws(() => f(1));",
        "await expect(f(1)).resolves.toBe(2) | assert.strictEqual(await f(1), 2);",
        "assert.equal(f(1), 2) | assert.equal(f(1), 2);"
      })
  void translates_what_is_expected(String statement, String assertion) {
    String text = "test('😀', async () => {\n  " + statement + ";\n});\n";
    List<SourceTest> tests = reader.readTests(text, "program.js");

    assertThat(sources(tests)).containsExactly(assertion);
    assertThat(assertions(text, tests)).containsExactly(statement + ";");
  }

  @Test
  void reads_tests_in_groups_with_what_runs_before_each() {
    String text =
        """
        import { describe, it, expect } from 'vitest';
        import assert from 'node:assert';
        import { add, sub as minus } from '../program.js';
        const program = require('./program');
        const base = 1;
        describe('sums', () => {
          let stack;
          beforeEach(() => { stack = []; });
          it('adds', () => {
            const sum = program.add(base, 2);
            expect(sum).toBe(3);
            expect(minus(2, 1)).toBe(1);
          });
          it('loops', () => { for (const one of [1]) { expect(one).toBe(1); } });
          it.skip('waits', () => { expect(1).toBe(1); });
        });
        """;
    List<SourceTest> tests = reader.readTests(text, "program.js");

    assertThat(sources(tests))
        .containsExactly(
            "var minus = sub;",
            "var base = 1;",
            "var stack;",
            """
            stack = [];
            var sum = add(base, 2);
            assert.strictEqual(sum, 3);
            assert.strictEqual(minus(2, 1), 1);\
            """);
    assertThat(assertions(text, tests))
        .containsExactly("expect(sum).toBe(3);", "expect(minus(2, 1)).toBe(1);");
  }

  @Test
  void knows_where_tests_are() {
    assertThat(reader.testFiles(Path.of("/a/x.mjs")))
        .startsWith(
            Path.of("/a/x.test.mjs"),
            Path.of("/a/x.spec.mjs"),
            Path.of("/a/test/x.mjs"),
            Path.of("/a/test/x.test.mjs"),
            Path.of("/a/__tests__/x.test.mjs"));
  }
}
