package dev.mallard.lsp.source;

import java.util.List;
import java.util.stream.Stream;

/** Source texts of tests, and what is often asked about them. */
final class Sources {
  static final String PYTHON =
      """
      \"""Sums and stacks. 😀\"""
      import math
      from collections import deque


      @cached
      def add(
          a: int,  # the first
          b: int = 2,
      ) -> int:
          \"""Adds é̈ and 😀.

          >>> x = 1
          >>> add(x,
          ...     2)  # three
          3
          >>> add(None)
          Traceback (most recent call last):
          TypeError
          \"""
          pass


      class Stack(Base):
          \"""Holds things.\"""

          def push(self, thing): ...

          @property
          def top(self):
              # The last one.
              return self.things[-1]


      assert add(1, 2) == 3, "😀"

      if __name__ == "__main__":
          for x in [1, 2]:
              assert add(x, x) == 2 * x
          print("done")
      """;

  static final String JAVASCRIPT =
      """
      'use strict';
      const fs = require('fs');

      /**
       * Adds é̈ and 😀.
       * @param {number} a first
       * @example
       * add(1, 2) // 3
       * add(1, 3) // => 4
       * const some = [1];
       * console.log(add(some, 2)); // [1, 2]
       * add(2, 2) === 4
       */
      export function add(a, /* second */ b) {
        throw new Error('Not implemented');
      }

      const sub = async (a, b) => {
        // TODO
      };
      module.exports.half = function (a) { return a / 2; };

      class Stack extends Base {
        #things = [];
        /** Pushes 😀. */
        push(thing) { return null; }
        size = () => this.#things.length;
      }

      console.assert(add(1, 2) === 3, '😀');
      assert.deepEqual(add(1, 2), 3)
      """;

  static final String JAVA =
      """
      package p.q;

      import java.util.List;

      /** Sums. 😀 */
      public class Sums {
        static final int LIMIT = 3;

        /**
         * Adds é̈ and 😀.
         *
         * @example add(1, 2) == 3
         * @example
         * add(1, LIMIT) // 4
         * name(2) // "two"
         * @return the sum
         */
        @Deprecated
        public static int add(int a, /* second */ int b) {
          throw new UnsupportedOperationException("Not implemented");
        }

        public String name(int number) { return null; }

        static int[] first(int number) {
          // The first numbers.
          return new int[number];
        }

        interface Shape { double area(); }

        public static void main(String[] arguments) {
          assert add(1, 2) == 3 : "é😀";
          System.out.println("done");
        }
      }
      """;

  static final String SQL =
      """
      -- The pond.
      CREATE TABLE duck (name TEXT DEFAULT ';--?', age INTEGER); -- or geese?
      INSERT INTO duck VALUES ('it''s 😀', 1);

      -- How many ducks
      -- are 😀?
      SELECT count(*) FROM duck -- all
      WHERE age > 0;

      /* todo: the oldest duck */
      SELECT ...;

      -- Who is é̈?
      """;

  private Sources() {}

  static SourceReader reader(String language) {
    return SourceReaders.of(language).orElseThrow();
  }

  static Definition definition(Outline outline, String name) {
    return outline.definitions().stream()
        .filter(one -> one.qualifiedName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  static List<String> sources(List<SourceTest> tests) {
    return tests.stream().map(SourceTest::source).toList();
  }

  /** What the text has at each assertion of some tests. */
  static List<String> assertions(String text, List<SourceTest> tests) {
    return tests.stream()
        .flatMap(test -> test.assertions().stream())
        .map(span -> span.of(text))
        .toList();
  }

  /** Every span that an outline has. */
  static List<Span> spans(Outline outline) {
    Stream<Span> definitions =
        outline.definitions().stream()
            .flatMap(one ->
                Stream.concat(
                    Stream.of(one.span(), one.nameSpan(), one.body()),
                    one.examples().stream().flatMap(test -> test.assertions().stream())));
    return Stream.of(
            definitions,
            outline.imports().stream(),
            outline.testStatements().stream(),
            outline.tests().stream().flatMap(test -> test.assertions().stream()))
        .flatMap(spans -> spans)
        .toList();
  }
}
