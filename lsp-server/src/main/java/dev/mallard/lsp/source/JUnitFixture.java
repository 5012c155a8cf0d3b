package dev.mallard.lsp.source;

import com.github.javaparser.ast.body.FieldDeclaration;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.body.VariableDeclarator;
import com.github.javaparser.ast.expr.AssignExpr;
import com.github.javaparser.ast.stmt.Statement;
import com.github.javaparser.ast.type.PrimitiveType;
import com.github.javaparser.ast.type.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the tests of a class have in common: its fields, and what runs before each. */
final class JUnitFixture {
  private final JavaText java;
  private final TypeDeclaration<?> type;
  private final Set<String> methods;
  private final Set<String> types;
  private final List<Statement> before;

  JUnitFixture(JavaText java, TypeDeclaration<?> type) {
    this.java = java;
    this.type = type;
    this.methods =
        type.getMethods().stream()
            .map(MethodDeclaration::getNameAsString)
            .collect(Collectors.toSet());
    this.types =
        type.getMembers().stream()
            .filter(member -> member instanceof TypeDeclaration<?>)
            .map(member -> ((TypeDeclaration<?>) member).getNameAsString())
            .collect(Collectors.toSet());
    this.before =
        type.getMethods().stream()
            .filter(method -> isAnnotated(method, "BeforeEach") || isAnnotated(method, "Before"))
            .flatMap(method -> method.getBody().stream())
            .flatMap(body -> body.getStatements().stream())
            .toList();
  }

  static boolean isAnnotated(MethodDeclaration method, String annotation) {
    return method.getAnnotations().stream()
        .anyMatch(one -> one.getName().getIdentifier().equals(annotation));
  }

  /**
   * Statements that run before a test.
   *
   * @param test its source text; if it uses no field, the fields are not assigned
   */
  List<Statement> before(String test) {
    Set<String> used = SourceWords.ofBraces(test).names();
    boolean fields =
        type.getFields().stream()
            .flatMap(field -> field.getVariables().stream())
            .anyMatch(field -> used.contains(field.getNameAsString()));
    boolean assigns = before.stream().allMatch(statement -> assigned(statement).isPresent());
    return assigns && !fields ? List.of() : before;
  }

  /** Whether a name means a method of the class, which a test cannot call. */
  boolean hasMethod(String name) {
    return methods.contains(name);
  }

  /** Whether a name means a type in the class, which a test cannot use. */
  boolean hasType(String name) {
    return types.contains(name);
  }

  /** Declarations of variables for the fields that some source text uses. */
  List<String> fields(String source) {
    List<VariableDeclarator> fields = new ArrayList<>();
    for (FieldDeclaration field : type.getFields()) {
      fields.addAll(field.getVariables());
    }
    Set<String> used = new HashSet<>(SourceWords.ofBraces(source).names());
    List<String> declarations = new ArrayList<>();
    for (VariableDeclarator field : fields.reversed()) {
      if (used.contains(field.getNameAsString())) {
        String declaration = declaration(field);
        used.addAll(SourceWords.ofBraces(declaration).names());
        declarations.addFirst(declaration);
      }
    }
    return declarations;
  }

  private String declaration(VariableDeclarator field) {
    String start = java.of(field.getType()) + " " + field.getNameAsString();
    return field
        .getInitializer()
        .map(value -> start + " = " + java.of(value) + ";")
        .orElseGet(() -> isAssigned(field) ? start + ";" : start + value(field.getType()));
  }

  private boolean isAssigned(VariableDeclarator field) {
    return before.stream()
        .flatMap(statement -> assigned(statement).stream())
        .anyMatch(target -> target.equals(field.getNameAsString()));
  }

  /** The name that a statement assigns to, if it does nothing else. */
  private Optional<String> assigned(Statement statement) {
    return statement.isExpressionStmt()
            && statement.asExpressionStmt().getExpression() instanceof AssignExpr assignment
        ? Optional.of(java.of(assignment.getTarget()).replaceFirst("^this\\.", ""))
        : Optional.empty();
  }

  private static String value(Type type) {
    if (!(type instanceof PrimitiveType primitive)) {
      return " = null;";
    }
    return primitive.getType() == PrimitiveType.Primitive.BOOLEAN ? " = false;" : " = 0;";
  }

  /** The names of the fields of a primitive type. */
  Stream<String> primitives() {
    return type.getFields().stream()
        .flatMap(field -> field.getVariables().stream())
        .filter(variable -> variable.getType().isPrimitiveType())
        .map(VariableDeclarator::getNameAsString);
  }
}
