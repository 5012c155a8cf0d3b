package dev.mallard.lsp.source;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.body.VariableDeclarator;
import com.github.javaparser.ast.expr.AnnotationExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.FieldAccessExpr;
import com.github.javaparser.ast.expr.LambdaExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.ThisExpr;
import com.github.javaparser.ast.stmt.AssertStmt;
import com.github.javaparser.ast.stmt.BlockStmt;
import com.github.javaparser.ast.stmt.ExpressionStmt;
import com.github.javaparser.ast.stmt.ReturnStmt;
import com.github.javaparser.ast.stmt.Statement;
import com.github.javaparser.ast.type.ClassOrInterfaceType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Translates one method of JUnit's tests into statements. */
final class JUnitMethod {
  private static final Pattern EXPECTED = Pattern.compile("expected\\s*=\\s*([\\w.]+)\\.class");
  private static final Pattern FOREIGN =
      Pattern.compile("(?:assert|assume)\\w*|fail|verify|when|mock|spy|given|doReturn|doThrow");
  private static final Set<String> FRAMEWORKS =
      Set.of("Assertions", "Assert", "Mockito", "Assumptions", "Assume");

  private final JavaText java;
  private final JUnitFixture fixture;
  private final MethodDeclaration method;
  private final boolean messageFirst;
  private final TextEdits edits = new TextEdits();
  private final Set<Node> translated = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<Span> assertions = new ArrayList<>();

  JUnitMethod(JavaText java, JUnitFixture fixture, MethodDeclaration method, boolean messageFirst) {
    this.java = java;
    this.fixture = fixture;
    this.method = method;
    this.messageFirst = messageFirst;
  }

  /** The test; empty if something in it cannot be translated. */
  Optional<SourceTest> translated() {
    Optional<BlockStmt> body = method.getBody();
    if (body.isEmpty() || !method.getParameters().isEmpty()) {
      return Optional.empty();
    }
    List<Statement> statements = new ArrayList<>(fixture.before(java.of(body.get())));
    statements.addAll(body.get().getStatements());
    String used = statements.stream().map(java::of).collect(Collectors.joining("\n"));
    String fields = String.join("\n", fixture.fields(used));
    Optional<String> expected = expected();
    boolean flat =
        fields.isEmpty()
            && expected.isEmpty()
            && statements.stream().allMatch(statement -> isAssertion(statement));
    JUnitAssertions translation =
        new JUnitAssertions(java, messageFirst, !flat, primitives(body.get()));
    for (Statement statement : statements) {
      translate(statement, translation);
    }
    if ((assertions.isEmpty() && expected.isEmpty())
        || statements.stream().anyMatch(this::isForeign)) {
      return Optional.empty();
    }
    List<String> sources = new ArrayList<>();
    if (!fields.isEmpty()) {
      sources.add(fields);
    }
    for (Statement statement : statements) {
      sources.add(edits.apply(java.text(), java.span(statement)));
    }
    if (expected.isPresent()) {
      assertions.add(java.span(method.getName()));
      sources =
          List.of(JUnitAssertions.raising(String.join("\n", sources), expected.get(), "true"));
    }
    return Optional.of(JUnitTests.test(sources, flat, assertions));
  }

  private Optional<String> expected() {
    return method.getAnnotations().stream()
        .filter(AnnotationExpr::isNormalAnnotationExpr)
        .map(java::of)
        .map(EXPECTED::matcher)
        .filter(Matcher::find)
        .map(matcher -> matcher.group(1))
        .findFirst();
  }

  private static boolean isAssertion(Statement statement) {
    return statement instanceof AssertStmt
        || (statement instanceof ExpressionStmt expression
            && JUnitAssertions.isAssertion(expression.getExpression()));
  }

  private Set<String> primitives(BlockStmt body) {
    Set<String> primitives = new HashSet<>();
    fixture.primitives().forEach(primitives::add);
    for (VariableDeclarator variable : body.findAll(VariableDeclarator.class)) {
      if (variable.getType().isPrimitiveType()) {
        primitives.add(variable.getNameAsString());
      } else {
        primitives.remove(variable.getNameAsString());
      }
    }
    return primitives;
  }

  private void translate(Statement whole, JUnitAssertions translation) {
    whole.walk(node -> {
      switch (node) {
        case AssertStmt statement -> assertions.add(java.span(statement));
        case ExpressionStmt statement when !isBodyOfLambda(statement) -> {
          Optional<String> assertion = translation.of(statement.getExpression());
          if (assertion.isPresent()) {
            edits.replace(java.span(statement), assertion.get());
            assertions.add(java.span(statement));
            JUnitAssertions.calls(statement.getExpression()).forEach(translated::add);
          }
        }
        case FieldAccessExpr access when access.getScope() instanceof ThisExpr ->
            edits.replace(java.span(access), access.getNameAsString());
        default -> {}
      }
    });
  }

  /** Whether a statement needs the class of the tests, or what runs them. */
  private boolean isForeign(Statement statement) {
    return statement.findFirst(Node.class, this::isForeignPart).isPresent();
  }

  private boolean isForeignPart(Node node) {
    return switch (node) {
      case MethodCallExpr call when !translated.contains(call) ->
          call.getScope().isEmpty()
              ? fixture.hasMethod(call.getNameAsString())
                  || FOREIGN.matcher(call.getNameAsString()).matches()
              : call.getScope().filter(scope -> isFramework(scope)).isPresent();
      case ThisExpr self ->
          self.getParentNode().filter(parent -> parent instanceof FieldAccessExpr).isEmpty();
      case NameExpr name -> fixture.hasType(name.getNameAsString());
      case ClassOrInterfaceType type -> fixture.hasType(type.getNameAsString());
      case ReturnStmt returns -> !isInLambda(returns);
      default -> node.getParsed() != Node.Parsedness.PARSED;
    };
  }

  private static boolean isBodyOfLambda(Statement statement) {
    return statement.getParentNode().filter(parent -> parent instanceof LambdaExpr).isPresent();
  }

  private static boolean isInLambda(Node node) {
    Optional<Node> outer = node.getParentNode();
    while (outer.isPresent() && !(outer.get() instanceof LambdaExpr)) {
      outer = outer.get().getParentNode();
    }
    return outer.isPresent();
  }

  private static boolean isFramework(Expression scope) {
    return scope instanceof NameExpr name && FRAMEWORKS.contains(name.getNameAsString());
  }
}
