package dev.mallard.sandbox.javascript;

import java.util.List;
import java.util.Optional;

/**
 * A test suite in statements, whose assertions have been given numbers.
 *
 * @param pieces the statements, in order
 * @param sites the assertions, in the order in which they stand
 */
record JavaScriptSuite(List<Piece> pieces, List<Site> sites) {
  JavaScriptSuite {
    pieces = List.copyOf(pieces);
    sites = List.copyOf(sites);
  }

  /**
   * One statement of the top level, or several that stand on one line.
   *
   * @param text what to evaluate
   * @param source its text in the suite
   * @param isTest whether it runs assertions; if not, it is set-up
   * @param awaits whether it waits for promises, and is to be waited for
   */
  record Piece(String text, String source, boolean isTest, boolean awaits) {}

  /**
   * One assertion.
   *
   * @param source its text
   * @param expression the text of what it compares, where it compares
   * @param awaits whether its arguments wait for promises
   */
  record Site(String source, Optional<String> expression, boolean awaits) {}
}
