package dev.mallard.lsp.source;

import java.util.List;
import java.util.Set;

/**
 * A statement of tests, or what tests need before they run.
 *
 * @param source statements as the sandbox takes them for {@link
 *     dev.mallard.sandbox.TestSuite.Asserts}, which see the program's definitions
 * @param assertions where the assertions that are in {@code source}, in the order in which the
 *     sandbox numbers them, stand in the file that was read; none if this is set-up, such as an
 *     import
 * @param names that {@code source} uses
 */
public record SourceTest(String source, List<Span> assertions, Set<String> names) {
  public SourceTest {
    assertions = List.copyOf(assertions);
    names = Set.copyOf(names);
  }

  /** Whether it tests nothing itself. */
  public boolean isSetUp() {
    return assertions.isEmpty();
  }
}
