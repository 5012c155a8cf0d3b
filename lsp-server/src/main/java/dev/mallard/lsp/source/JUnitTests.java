package dev.mallard.lsp.source;

import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.ImportDeclaration;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Translates a file of JUnit's tests. */
final class JUnitTests {
  private final JavaText java;
  private final CompilationUnit unit;
  private final String program;

  /**
   * Prepares to translate.
   *
   * @param program the name of the program's class
   */
  JUnitTests(JavaText java, CompilationUnit unit, String program) {
    this.java = java;
    this.unit = unit;
    this.program = program;
  }

  /** A test for each method that can be translated, after the imports. */
  List<SourceTest> tests() {
    List<SourceTest> tests = new ArrayList<>();
    String imports =
        unit.getImports().stream()
            .filter(this::isKept)
            .map(java::of)
            .map(String::strip)
            .collect(Collectors.joining("\n"));
    if (!imports.isEmpty()) {
      tests.add(new SourceTest(imports, List.of(), SourceWords.ofBraces(imports).names()));
    }
    boolean messageFirst =
        unit.getImports().stream()
            .map(ImportDeclaration::getNameAsString)
            .anyMatch(name -> name.startsWith("org.junit.") && !name.contains(".jupiter."));
    for (TypeDeclaration<?> type : unit.getTypes()) {
      JUnitFixture fixture = new JUnitFixture(java, type);
      for (MethodDeclaration method : type.getMethods()) {
        if (JUnitFixture.isAnnotated(method, "Test")) {
          translated(fixture, method, messageFirst).ifPresent(tests::add);
        }
      }
    }
    return tests;
  }

  private Optional<SourceTest> translated(
      JUnitFixture fixture, MethodDeclaration method, boolean messageFirst) {
    return new JUnitMethod(java, fixture, method, messageFirst).translated();
  }

  /** Whether an import is of the JDK, or of the program. */
  private boolean isKept(ImportDeclaration declaration) {
    String name = declaration.getNameAsString();
    if (name.startsWith("java.") || name.startsWith("javax.")) {
      return true;
    }
    boolean member = declaration.isStatic() && !declaration.isAsterisk();
    String type = member ? name.substring(0, Math.max(0, name.lastIndexOf('.'))) : name;
    boolean types = !declaration.isStatic() && declaration.isAsterisk();
    return !types && type.endsWith("." + program);
  }

  /**
   * A test of statements.
   *
   * @param flat whether each of them is an assertion that the sandbox counts; if not, they are put
   *     into a block, which counts as one
   * @param assertions where the assertions among them are
   */
  static SourceTest test(List<String> statements, boolean flat, List<Span> assertions) {
    String lines = String.join("\n", statements);
    String source = flat ? lines : "{\n" + lines.indent(4).stripTrailing() + "\n}";
    List<Span> counted =
        flat || assertions.size() < 2
            ? assertions
            : List.of(new Span(assertions.getFirst().start(), assertions.getLast().end()));
    return new SourceTest(source, counted, SourceWords.ofBraces(source).names());
  }
}
