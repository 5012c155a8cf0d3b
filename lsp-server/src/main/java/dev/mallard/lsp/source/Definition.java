package dev.mallard.lsp.source;

import java.util.List;
import java.util.Optional;

/**
 * A function, method, class or query of a source text.
 *
 * @param name its own name; of a query, its question
 * @param container the class that it is in, such as {@code Outer.Inner}
 * @param span all of it, with what belongs to it before it: decorators, modifiers, documentation.
 *     Begins after the indentation of its first line and has no line break at its end
 * @param nameSpan its name
 * @param body what a body would replace: from its first statement to the end of the last, without
 *     documentation in it, and without braces. Empty, at the place where a body would go, if there
 *     is none
 * @param signature what stands before the body, without documentation and comments, in one line:
 *     {@code def add(a: int, b: int) -> int:}, {@code static int add(int a, int b)}, {@code
 *     function add(a, b)}
 * @param documentation its text, without comment signs, quotes and common indentation; empty if
 *     there is none
 * @param stub whether it is not written yet: the body is empty, or does nothing but {@code pass},
 *     {@code ...}, raise or throw that it is not implemented, return a default value such as {@code
 *     null} in Java, or hold comments
 * @param examples tests in its documentation
 */
public record Definition(
    String name,
    Optional<String> container,
    Kind kind,
    Span span,
    Span nameSpan,
    Span body,
    String signature,
    String documentation,
    boolean stub,
    List<SourceTest> examples) {

  /** What it is. */
  public enum Kind {
    FUNCTION,
    METHOD,
    CLASS,
    /** A question in a comment of an SQL file, and the query that answers it. */
    QUERY
  }

  public Definition {
    examples = List.copyOf(examples);
  }

  /** Its name with that of the class it is in. */
  public String qualifiedName() {
    return container.map(outer -> outer + "." + name).orElse(name);
  }
}
