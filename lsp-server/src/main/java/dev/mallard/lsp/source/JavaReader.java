package dev.mallard.lsp.source;

import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads Java. */
final class JavaReader implements SourceReader {
  private static final Path MAIN = Path.of("src", "main", "java");
  private static final Path TEST = Path.of("src", "test", "java");

  @Override
  public Outline read(String text) {
    JavaText java = JavaText.of(text);
    Optional<CompilationUnit> unit = java.unit();
    if (unit.isEmpty()) {
      return new Outline(List.of(), List.of(), 0, List.of(), List.of());
    }
    List<Span> imports = unit.get().getImports().stream().map(java::span).toList();
    List<SourceTest> tests = new ArrayList<>();
    for (TypeDeclaration<?> type : unit.get().getTypes()) {
      if (type.getName().getRange().isEmpty()) {
        continue; // A file without a class around its methods.
      }
      type.getMethodsByName("main").stream()
          .filter(MethodDeclaration::isStatic)
          .flatMap(method -> MainTests.of(java, type, method).stream())
          .forEach(tests::add);
    }
    return new Outline(
        new JavaDefinitions(java).of(unit.get()),
        imports,
        importPlace(java, unit.get(), imports),
        tests,
        List.of());
  }

  private static int importPlace(JavaText java, CompilationUnit unit, List<Span> imports) {
    return imports.stream()
        .reduce((first, last) -> last)
        .or(() -> unit.getPackageDeclaration().map(java::span))
        .map(last -> SourceLines.startOfNext(java.text(), Math.max(0, last.end() - 1)))
        .orElse(0);
  }

  @Override
  public boolean parses(String text) {
    return JavaText.of(text).parses();
  }

  @Override
  public List<SourceTest> readTests(String text, String program) {
    JavaText java = JavaText.of(text);
    return java.unit()
        .map(unit -> new JUnitTests(java, unit, FileNames.base(program)).tests())
        .orElse(List.of());
  }

  @Override
  public List<Path> testFiles(Path source) {
    String name = FileNames.base(source);
    List<String> names = List.of(name + "Test.java", name + "Tests.java", "Test" + name + ".java");
    return Stream.concat(
            FileNames.beside(inTests(source), names.stream()).stream(),
            FileNames.beside(source, names.stream()).stream())
        .distinct()
        .toList();
  }

  /** The same place among the tests, if a source is among the sources of a build. */
  private static Path inTests(Path source) {
    for (int index = source.getNameCount() - MAIN.getNameCount(); index >= 0; index--) {
      if (source.subpath(index, index + MAIN.getNameCount()).equals(MAIN)) {
        Path after = source.subpath(index + MAIN.getNameCount(), source.getNameCount());
        Path before = index == 0 ? Path.of("") : source.subpath(0, index);
        Path moved = before.resolve(TEST).resolve(after);
        return source.getRoot() == null ? moved : source.getRoot().resolve(moved);
      }
    }
    return source;
  }
}
