package dev.mallard.lsp.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.treesitter.TSLanguage;
import org.treesitter.TreeSitterPython;

/** Reads Python. */
final class PythonReader implements SourceReader {
  private static final TSLanguage LANGUAGE = new TreeSitterPython();

  @Override
  public Outline read(String text) {
    try (SyntaxTree tree = SyntaxTree.of(LANGUAGE, text)) {
      List<SyntaxNode> statements = tree.statements();
      PythonTests tests = new PythonTests(text, PythonImports.NONE);
      List<SourceTest> found =
          new ArrayList<>(new Doctests(LANGUAGE, text).of(PythonBody.of(statements)));
      List<Span> testStatements = new ArrayList<>();
      List<SyntaxNode> program = new ArrayList<>();
      for (SyntaxNode statement : statements) {
        if (tests.isTest(statement)) {
          found.addAll(tests.of(statement));
          testStatements.add(statement.span());
        } else {
          program.add(statement);
        }
      }
      return new Outline(
          new PythonDefinitions(text, new Doctests(LANGUAGE, text)).of(program),
          statements.stream().filter(PythonImports::isImport).map(SyntaxNode::span).toList(),
          importPlace(text, statements),
          found,
          testStatements);
    }
  }

  /** After the imports, or else after what has to come first: a documentation string. */
  private static int importPlace(String text, List<SyntaxNode> statements) {
    return statements.stream()
        .filter(PythonImports::isImport)
        .reduce((first, last) -> last)
        .map(SyntaxNode::span)
        .or(() -> PythonBody.of(statements).documentationSpan())
        .map(last -> SourceLines.startOfNext(text, last.end()))
        .orElseGet(() -> afterFirstComments(text));
  }

  private static int afterFirstComments(String text) {
    int place = 0;
    while (text.startsWith("#", place) && text.indexOf('\n', place) > 0) {
      place = text.indexOf('\n', place) + 1;
    }
    return place;
  }

  @Override
  public boolean parses(String text) {
    try (SyntaxTree tree = SyntaxTree.of(LANGUAGE, text)) {
      return !tree.hasError();
    }
  }

  @Override
  public List<SourceTest> readTests(String text, String program) {
    try (SyntaxTree tree = SyntaxTree.of(LANGUAGE, text)) {
      List<SyntaxNode> statements = tree.statements();
      PythonImports imports = PythonImports.of(statements, FileNames.base(program));
      PythonTests tests = new PythonTests(text, imports);
      List<SourceTest> found = new ArrayList<>();
      for (SyntaxNode statement : statements) {
        if (tests.isTest(statement)) {
          found.addAll(tests.of(statement));
        } else if (PythonImports.isImport(statement)) {
          imports.kept(statement).ifPresent(kept -> found.add(tests.setUp(kept)));
        } else {
          found.addAll(tests.statement(statement));
        }
      }
      return found;
    }
  }

  @Override
  public List<Path> testFiles(Path source) {
    String name = FileNames.base(source);
    String test = "test_" + name + ".py";
    return FileNames.beside(
        source,
        Stream.of(
            test,
            name + "_test.py",
            "tests/" + test,
            "test/" + test,
            "../tests/" + test,
            "../test/" + test));
  }
}
