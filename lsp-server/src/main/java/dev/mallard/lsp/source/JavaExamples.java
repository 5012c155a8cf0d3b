package dev.mallard.lsp.source;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ast.Node.Parsedness;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.stmt.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes tests of the examples in Javadoc. */
final class JavaExamples {
  private static final Pattern SIGN = Pattern.compile("^(?:=>|->|→|⇒|==|returns?:?\\s)?\\s*");
  private static final Pattern LIST = Pattern.compile("(?s)[\\[{](.*)[]}]");

  private final JavaText java;
  private final MethodDeclaration method;
  private final JavaScope scope;
  private final JavaParser parser = JavaText.parser();

  /**
   * Prepares to read.
   *
   * @param scope of the type that has the method
   * @param method the method whose documentation it is
   */
  JavaExamples(JavaText java, JavaScope scope, MethodDeclaration method) {
    this.java = java;
    this.scope = scope;
    this.method = method;
  }

  /** The examples in a comment; none if the method cannot be called from without. */
  List<SourceTest> of(Span comment) {
    List<SourceTest> tests = new ArrayList<>();
    if (method.isPrivate() || !comment.of(java.text()).contains("@example")) {
      return tests;
    }
    for (List<Span> lines : CommentText.examples(java.text(), comment)) {
      lines.forEach(line -> parsed(line).ifPresent(tests::add));
    }
    return tests;
  }

  private Optional<SourceTest> parsed(Span line) {
    try {
      return test(line);
    } catch (StackOverflowError | RuntimeException e) {
      return Optional.empty(); // The parser is not made for texts that are no Java.
    }
  }

  private Optional<SourceTest> test(Span line) {
    String code = line.of(java.text());
    if (JavaBrackets.of(code).deepest() > 50) {
      return Optional.empty();
    }
    int comment = commentStart(code);
    String asked = code.substring(0, comment).strip().replaceFirst(";$", "");
    Optional<Expression> expression =
        parser.parseExpression(asked).getResult().filter(JavaExamples::isWhole);
    if (expression.isEmpty() || expression.get().isVariableDeclarationExpr()) {
      return setUp(asked + ";");
    }
    Optional<String> condition =
        comment < code.length()
            ? compared(
                expression.get(),
                SIGN.matcher(code.substring(comment + 2).strip()).replaceFirst(""))
            : condition(expression.get());
    if (condition.isEmpty()) {
      return comment < code.length() ? Optional.empty() : setUp(asked + ";");
    }
    String source = "assert " + condition.get() + ";";
    return Optional.of(new SourceTest(source, List.of(line), names(source)));
  }

  private static boolean isWhole(Expression expression) {
    return expression.getParsed() == Parsedness.PARSED;
  }

  private static int commentStart(String code) {
    boolean quoted = false;
    for (int index = 0; index < code.length(); index++) {
      char character = code.charAt(index);
      if (character == '\\') {
        index++;
      } else if (character == '"') {
        quoted = !quoted;
      } else if (!quoted && code.startsWith("//", index)) {
        return index;
      }
    }
    return code.length();
  }

  /** A condition that an example says: an equality. */
  private Optional<String> condition(Expression expression) {
    if (expression instanceof BinaryExpr binary
        && binary.getOperator() == BinaryExpr.Operator.EQUALS) {
      return compared(binary.getLeft(), binary.getRight().toString());
    }
    boolean equals =
        expression instanceof MethodCallExpr call
            && call.getNameAsString().equals("equals")
            && call.getScope().isPresent();
    return equals ? scope.qualified(expression) : Optional.empty();
  }

  private Optional<String> compared(Expression asked, String expected) {
    Optional<String> actual = scope.qualified(asked);
    boolean own =
        asked instanceof MethodCallExpr call
            && call.getNameAsString().equals(method.getNameAsString());
    String type = own ? method.getTypeAsString() : "";
    Matcher list = LIST.matcher(expected.strip());
    if (actual.isPresent() && list.matches()) {
      return collection(actual.get(), type, list.group(1));
    }
    Optional<Expression> value =
        parser.parseExpression(expected.strip()).getResult().filter(JavaExamples::isWhole);
    Optional<String> right = value.flatMap(scope::qualified);
    return actual.flatMap(left ->
        right.map(wanted ->
            JavaEquality.of(left, wanted, value.get(), method.getType().isPrimitiveType() && own)));
  }

  private static Optional<String> collection(String actual, String type, String elements) {
    if (type.endsWith("[]") && !type.endsWith("[][]")) {
      return Optional.of("Arrays.equals(" + actual + ", new " + type + " {" + elements + "})");
    }
    return type.startsWith("List<") || type.startsWith("Collection<")
        ? Optional.of("Objects.equals(" + actual + ", List.of(" + elements + "))")
        : Optional.empty();
  }

  private Optional<SourceTest> setUp(String code) {
    Optional<Statement> statement =
        parser.parseStatement(code).getResult().filter(one -> one.getParsed() == Parsedness.PARSED);
    return statement
        .filter(one -> one.isExpressionStmt() && !JavaScope.isBroken(one))
        .filter(one -> isStatement(one.asExpressionStmt().getExpression()))
        .flatMap(scope::qualified)
        .map(source -> new SourceTest(source, List.of(), names(source)));
  }

  private static boolean isStatement(Expression expression) {
    return expression.isVariableDeclarationExpr()
        || expression.isMethodCallExpr()
        || expression.isAssignExpr()
        || expression.isObjectCreationExpr();
  }

  private static Set<String> names(String source) {
    return SourceWords.ofBraces(source).names();
  }
}
