package dev.mallard.lsp.source;

import java.util.List;

/**
 * What a source text holds.
 *
 * @param definitions functions, methods and classes at the top level and in classes, in order; none
 *     that is within a function, and no test
 * @param imports import statements at the top level, in order; in SQL, the statements of the schema
 *     and its rows
 * @param importPlace where another import would go: the start of a line
 * @param tests tests at the top level, in order, with the set-up they need
 * @param testStatements what stands in the text for its tests, and is no part of the program
 */
public record Outline(
    List<Definition> definitions,
    List<Span> imports,
    int importPlace,
    List<SourceTest> tests,
    List<Span> testStatements) {
  public Outline {
    definitions = List.copyOf(definitions);
    imports = List.copyOf(imports);
    tests = List.copyOf(tests);
    testStatements = List.copyOf(testStatements);
  }

  /** The text without its tests; everything else stays in its line and column. */
  public String program(String text) {
    StringBuilder program = new StringBuilder(text);
    for (Span statement : testStatements) {
      for (int i = statement.start(); i < statement.end(); i++) {
        if (text.charAt(i) != '\n' && text.charAt(i) != '\r') {
          program.setCharAt(i, ' ');
        }
      }
    }
    return program.toString();
  }
}
