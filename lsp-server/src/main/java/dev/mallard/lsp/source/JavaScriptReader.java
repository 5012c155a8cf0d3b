package dev.mallard.lsp.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.treesitter.TSLanguage;
import org.treesitter.TreeSitterJavascript;

/** Reads JavaScript. */
final class JavaScriptReader implements SourceReader {
  private static final TSLanguage LANGUAGE = new TreeSitterJavascript();

  @Override
  public Outline read(String text) {
    try (SyntaxTree tree = SyntaxTree.of(LANGUAGE, text)) {
      List<SyntaxNode> statements = tree.statements();
      JavaScriptTests tests = new JavaScriptTests(text, JavaScriptImports.NONE);
      List<SourceTest> found = new ArrayList<>();
      List<Span> testStatements = new ArrayList<>();
      for (SyntaxNode statement : statements) {
        List<SourceTest> own = tests.inProgram(statement);
        found.addAll(own);
        if (!own.isEmpty()) {
          testStatements.add(statement.span());
        }
      }
      return new Outline(
          new JavaScriptDefinitions(text, new JavaScriptExamples(LANGUAGE, text)).of(statements),
          statements.stream().filter(JavaScriptImports::isImport).map(SyntaxNode::span).toList(),
          importPlace(text, statements),
          found,
          testStatements);
    }
  }

  private static int importPlace(String text, List<SyntaxNode> statements) {
    return statements.stream()
        .filter(statement ->
            JavaScriptImports.isImport(statement)
                || statement.is("hash_bang_line")
                || statement.text().matches("(['\"])use strict\\1;?"))
        .reduce((first, last) -> last)
        .map(last -> SourceLines.startOfNext(text, last.end()))
        .orElse(0);
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
      JavaScriptImports imports = JavaScriptImports.of(statements, FileNames.base(program));
      return new JavaScriptTests(text, imports).inTests(statements);
    }
  }

  @Override
  public List<Path> testFiles(Path source) {
    String name = FileNames.base(source);
    String file = source.getFileName() == null ? "" : source.getFileName().toString();
    String ending = file.substring(Math.min(name.length(), file.length()));
    return FileNames.beside(
        source,
        Stream.of(
                name + ".test",
                name + ".spec",
                "test/" + name,
                "test/" + name + ".test",
                "__tests__/" + name + ".test",
                "../test/" + name,
                "../test/" + name + ".test",
                "../__tests__/" + name + ".test")
            .map(start -> start + ending));
  }
}
