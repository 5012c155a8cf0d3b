package dev.mallard.lsp.source;

import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.stmt.AssertStmt;
import com.github.javaparser.ast.stmt.BlockStmt;
import com.github.javaparser.ast.stmt.ReturnStmt;
import com.github.javaparser.ast.stmt.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes tests of the assertions in a {@code main} of Java. */
final class MainTests {
  private MainTests() {}

  /** The assertions with what they need; none if they need what only {@code main} has. */
  static Optional<SourceTest> of(JavaText java, TypeDeclaration<?> type, MethodDeclaration main) {
    Optional<BlockStmt> body = main.getBody();
    List<AssertStmt> asserts = body.map(one -> one.findAll(AssertStmt.class)).orElse(List.of());
    if (asserts.isEmpty() || body.get().findFirst(ReturnStmt.class).isPresent()) {
      return Optional.empty();
    }
    boolean arguments =
        main.getParameters().stream()
            .anyMatch(parameter ->
                body.get()
                    .findFirst(
                        NameExpr.class,
                        name -> name.getNameAsString().equals(parameter.getNameAsString()))
                    .isPresent());
    if (arguments) {
      return Optional.empty();
    }
    JavaScope scope = new JavaScope(type, type.getNameAsString());
    List<String> sources = new ArrayList<>();
    boolean flat = true;
    for (Statement statement : body.get().getStatements()) {
      if (java.of(statement).startsWith("System.out.print")) {
        continue;
      }
      Optional<String> source = scope.qualified(statement);
      if (source.isEmpty()) {
        return Optional.empty();
      }
      sources.add(source.get());
      flat &= statement.isAssertStmt();
    }
    return Optional.of(JUnitTests.test(sources, flat, asserts.stream().map(java::span).toList()));
  }
}
