package dev.mallard.lsp.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.GuestLanguage;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.Sandbox;
import dev.mallard.sandbox.TestResult;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.UnconfinedException;
import dev.mallard.sandbox.pool.PoolOptions;
import dev.mallard.sandbox.pool.WorkerPool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Tests that are read from source files, run as they are. */
@TestInstance(Lifecycle.PER_CLASS)
class SandboxedTestsTest {
  private static final Limits LIMITS = Limits.DEFAULT.withWallClock(Duration.ofSeconds(30));

  private Sandbox sandbox;

  @BeforeAll
  void start() {
    sandbox = WorkerPool.start(PoolOptions.DEFAULT);
  }

  @AfterAll
  void stop() {
    sandbox.close();
  }

  @Test
  void in_python_each_assertion_is_one_result() throws InterruptedException {
    String right =
        """
        def add(a, b):
            \"""Adds.

            >>> three = add(1, 2)
            >>> three
            3
            >>> [add(1, 1)]
            [2]
            >>> print(add('a', 'b'))
            ab
            \"""
            if a is None:
                raise TypeError("none")
            return a + b

        assert add(0, 0) == 0
        if __name__ == "__main__":
            for x in [1, 2]:
                assert add(x, x) == 2 * x
        """;
    String tests =
        """
        import unittest
        import pytest
        import program

        def test_add():
            assert program.add(1, 2) == 3
            with pytest.raises(TypeError):
                program.add(None, 1)

        class AddTest(unittest.TestCase):
            def setUp(self):
                self.two = 2

            def test_two(self):
                self.assertEqual(program.add(1, 1), self.two)
                self.assertIn(program.add(0, 1), [1])
                with self.assertRaises(TypeError):
                    program.add(None, 1)
        """;

    checks("python", GuestLanguage.PYTHON, right, right.replace("a + b", "a + b + b"), tests, 10);
  }

  @Test
  void in_javascript_each_assertion_is_one_result() throws InterruptedException {
    String right =
        """
        /**
         * @example
         * const three = add(1, 2);
         * three; // 3
         * [add(1, 1)] // => [2]
         */
        export function add(a, b) {
          if (a === null) { throw new TypeError('null'); }
          return a + b;
        }
        console.assert(add(0, 0) === 0);
        assert.strictEqual(add(2, 2), 4)
        """;
    String tests =
        """
        import { describe, it, expect } from 'vitest';
        import assert from 'node:assert';
        import { add as plus } from './program.js';
        describe('add', () => {
          let two;
          beforeEach(() => { two = 2; });
          it('adds', async () => {
            const sum = await plus(1, 1);
            expect(sum).toBe(two);
            expect([sum]).toEqual([2]);
          });
          it('throws', () => {
            const sum = plus(1, 3);
            [1].forEach(one => one);
            assert.equal(sum, 4);
            expect(() => plus(null, 1)).toThrow(TypeError);
          });
        });
        """;

    checks(
        "javascript",
        GuestLanguage.JAVASCRIPT,
        right,
        right.replace("a + b", "a + b + b"),
        tests,
        8);
  }

  @Test
  void in_java_each_assertion_or_block_is_one_result() throws InterruptedException {
    String right =
        """
        package p.q;

        public class Sums {
          /**
           * @example add(1, 2) == 3
           * @example name(1) // "n1"
           */
          public static int add(int a, int b) {
            if (a < 0) { throw new IllegalArgumentException("negative"); }
            return a + b;
          }

          String name(int number) { return "n" + add(number - 1, 1); }

          public static void main(String[] arguments) {
            assert add(0, 0) == 0;
            System.out.println("done");
          }
        }
        """;
    String tests =
        """
        package p.q;
        import static org.junit.jupiter.api.Assertions.*;
        import java.util.List;
        class SumsTest {
          private Sums sums;
          @BeforeEach void setUp() { sums = new Sums(); }
          @Test void adds() {
            assertEquals(2, Sums.add(1, 1));
            assertTrue(Sums.add(0, 1) == 1, "one");
          }
          @Test void names() {
            String name = sums.name(2);
            assertEquals("n2", name);
            for (int i = 1; i < 3; i++) { assertEquals(i + i, Sums.add(i, i)); }
          }
          @Test void refuses() {
            assertThrows(IllegalArgumentException.class, () -> Sums.add(-1, 1));
            IllegalArgumentException thrown =
                assertThrows(IllegalArgumentException.class, () -> Sums.add(-1, 1));
            assertEquals("negative", thrown.getMessage());
          }
          @Test void fluent() {
            assertThat(List.of(Sums.add(1, 1))).containsExactly(2);
          }
        }
        """;

    try {
      checks("java", GuestLanguage.JAVA, right, right.replace("a + b", "a + b + b"), tests, 8);
    } catch (UnconfinedException e) {
      Assumptions.abort(e.getMessage());
    }
  }

  private void checks(
      String language, GuestLanguage guest, String right, String wrong, String file, int count)
      throws InterruptedException {
    SourceReader reader = Sources.reader(language);
    Outline outline = reader.read(right);
    List<SourceTest> tests =
        new ArrayList<>(
            reader.readTests(file, guest == GuestLanguage.JAVA ? "Sums.java" : "program"));
    tests.addAll(outline.tests());
    outline.definitions().forEach(one -> tests.addAll(one.examples()));
    String suite = tests.stream().map(SourceTest::source).collect(Collectors.joining("\n\n"));
    int assertions = tests.stream().mapToInt(test -> test.assertions().size()).sum();

    List<TestResult> passed = run(guest, outline.program(right), suite);
    List<TestResult> failed = run(guest, reader.read(wrong).program(wrong), suite);

    assertThat(assertions).isEqualTo(count);
    assertThat(passed).as(suite).hasSize(count).allMatch(TestResult::passed);
    assertThat(failed).as(suite).hasSize(count).anyMatch(result -> !result.passed());
    assertThat(failed)
        .extracting(result -> result.test().source())
        .isEqualTo(passed.stream().map(result -> result.test().source()).toList());
    assertThat(failed)
        .extracting(result -> result.test().number())
        .isEqualTo(java.util.stream.IntStream.rangeClosed(1, count).boxed().toList());
  }

  private List<TestResult> run(GuestLanguage guest, String program, String suite)
      throws InterruptedException {
    return sandbox.run(new Execution(guest, program, TestSuite.asserts(suite), LIMITS)).tests();
  }
}
