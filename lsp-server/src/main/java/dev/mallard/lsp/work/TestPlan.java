package dev.mallard.lsp.work;

import dev.mallard.lsp.document.TextDocument;
import dev.mallard.lsp.source.SourceTest;
import dev.mallard.lsp.source.Span;
import dev.mallard.sandbox.TestSuite;
import java.util.ArrayList;
import java.util.List;

/**
 * Tests as the sandbox runs them, and where they stand.
 *
 * @param places of the tests, in the order in which the sandbox numbers them
 * @param tests that they are made of, and their set-up
 */
public record TestPlan(TestSuite suite, List<Place> places, List<Located> tests) {
  public TestPlan {
    places = List.copyOf(places);
    tests = List.copyOf(tests);
  }

  /** Where a test stands. */
  public record Place(TextDocument document, Span span) {}

  /** Tests and the document that they are read from. */
  public record Located(TextDocument document, SourceTest test) {}

  /** The plan to run tests, in their order. */
  static TestPlan of(List<Located> tests) {
    StringBuilder source = new StringBuilder();
    List<Place> places = new ArrayList<>();
    if (tests.stream().allMatch(located -> located.test().isSetUp())) {
      return new TestPlan(TestSuite.EMPTY, List.of(), List.of());
    }
    for (Located located : tests) {
      source.append(located.test().source().stripTrailing()).append('\n');
      located.test().assertions().forEach(span -> places.add(new Place(located.document(), span)));
    }
    return new TestPlan(TestSuite.asserts(source.toString()), places, tests);
  }

  /** The same tests, each with the set-up of all by itself. */
  List<TestPlan> parts() {
    List<TestPlan> parts = new ArrayList<>();
    for (Located test : tests) {
      if (!test.test().isSetUp()) {
        parts.add(
            of(tests.stream().filter(one -> one.test().isSetUp() || one.equals(test)).toList()));
      }
    }
    return parts;
  }

  /** Whether there is nothing to run. */
  public boolean isEmpty() {
    return places.isEmpty();
  }
}
