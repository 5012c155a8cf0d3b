package dev.mallard.lsp.source;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.LambdaExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.VariableDeclarationExpr;
import com.github.javaparser.ast.stmt.ExpressionStmt;
import com.github.javaparser.ast.stmt.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Translates the assertions of JUnit 4, JUnit 5 and AssertJ. */
final class JUnitAssertions {
  private static final Pattern NAME = Pattern.compile("assert[A-Z]\\w*");
  private static final Set<String> EQUAL =
      Set.of("assertEquals", "assertIterableEquals", "assertLinesMatch");

  private final JavaText java;
  private final boolean messageFirst;
  private final boolean explained;
  private final Set<String> primitives;

  /**
   * Prepares to translate.
   *
   * @param messageFirst whether messages are the first arguments, as in JUnit 4
   * @param explained whether an equality is to say by itself what its sides are
   * @param primitives variables of a primitive type
   */
  JUnitAssertions(JavaText java, boolean messageFirst, boolean explained, Set<String> primitives) {
    this.java = java;
    this.messageFirst = messageFirst;
    this.explained = explained;
    this.primitives = Set.copyOf(primitives);
  }

  /** Whether an expression calls an assertion, whether or not that can be translated. */
  static boolean isAssertion(Expression expression) {
    return expression instanceof MethodCallExpr && !calls(expression).isEmpty();
  }

  /** The call of an assertion in an expression; in AssertJ also what is called on its result. */
  static List<MethodCallExpr> calls(Expression expression) {
    Expression last =
        expression instanceof VariableDeclarationExpr declaration
            ? declaration
                .getVariables()
                .getFirst()
                .flatMap(one -> one.getInitializer())
                .orElse(expression)
            : expression;
    List<MethodCallExpr> calls = new ArrayList<>();
    Optional<Expression> next = Optional.of(last);
    while (next.isPresent() && next.get() instanceof MethodCallExpr call) {
      calls.addFirst(call);
      next = call.getScope();
    }
    return !calls.isEmpty()
            && NAME.matcher(calls.getFirst().getNameAsString()).matches()
            && next.map(scope -> scope.toString().matches("(?:\\w+\\.)*Assert(?:ions)?"))
                .orElse(true)
        ? calls
        : List.of();
  }

  /** A statement that asserts the same; empty if there is none. */
  Optional<String> of(Expression expression) {
    List<MethodCallExpr> calls = calls(expression);
    if (calls.isEmpty()) {
      return Optional.empty();
    }
    MethodCallExpr first = calls.getFirst();
    String name = first.getNameAsString();
    if (name.startsWith("assertThat")) {
      return new FluentAssertions(java, this).of(calls);
    }
    if (calls.size() > 1) {
      return Optional.empty();
    }
    List<Expression> arguments = new ArrayList<>(first.getArguments());
    if (name.equals("assertThrows") || name.equals("assertThrowsExactly")) {
      return thrown(expression, arguments);
    }
    if (name.equals("assertDoesNotThrow")) {
      return arguments.isEmpty()
          ? Optional.empty()
          : code(arguments.getFirst()).map(code -> "{\n" + code + "\nassert true;\n}");
    }
    int operands = operands(name);
    if (operands == 0 || arguments.size() < operands) {
      return Optional.empty();
    }
    Optional<Expression> message = message(arguments, operands);
    String suffix =
        message.filter(one -> !one.isLambdaExpr()).map(one -> " : " + java.of(one)).orElse("");
    return statement(name, arguments, suffix);
  }

  private static int operands(String name) {
    return switch (name) {
      case "assertTrue", "assertFalse", "assertNull", "assertNotNull" -> 1;
      case "assertEquals",
          "assertNotEquals",
          "assertSame",
          "assertNotSame",
          "assertArrayEquals",
          "assertIterableEquals",
          "assertLinesMatch",
          "assertInstanceOf" ->
          2;
      default -> 0;
    };
  }

  /** Takes the message out of the arguments. */
  private Optional<Expression> message(List<Expression> arguments, int operands) {
    if (arguments.size() == operands) {
      return Optional.empty();
    }
    boolean first =
        messageFirst && (arguments.size() > operands + 1 || isText(arguments.getFirst()));
    if (first) {
      return Optional.of(arguments.removeFirst());
    }
    boolean last =
        !messageFirst
            && (arguments.size() > operands + 1 || operands == 1 || isText(arguments.getLast()));
    return last ? Optional.of(arguments.removeLast()) : Optional.empty();
  }

  private static boolean isText(Expression expression) {
    if (expression.isLambdaExpr() || expression.isMethodCallExpr()) {
      return expression.isLambdaExpr();
    }
    return expression
        .findFirst(
            Expression.class, part -> part.isStringLiteralExpr() || part.isTextBlockLiteralExpr())
        .isPresent();
  }

  private Optional<String> statement(String name, List<Expression> arguments, String suffix) {
    String first = java.of(arguments.getFirst());
    if (EQUAL.contains(name) && arguments.size() == 2) {
      return Optional.of(equality(arguments.get(1), arguments.get(0), suffix));
    }
    String second = arguments.size() > 1 ? java.of(arguments.get(1)) : "";
    Optional<String> condition =
        switch (name) {
          case "assertTrue" -> Optional.of(first);
          case "assertFalse" -> Optional.of("!(" + first + ")");
          case "assertNull" -> Optional.of("(" + first + ") == null");
          case "assertNotNull" -> Optional.of("(" + first + ") != null");
          case "assertSame" -> Optional.of("(" + second + ") == (" + first + ")");
          case "assertNotSame" -> Optional.of("(" + second + ") != (" + first + ")");
          case "assertInstanceOf" ->
              Optional.of("(" + second + ") instanceof " + first.replaceFirst("\\.class$", ""));
          case "assertNotEquals" ->
              Optional.of("!(" + condition(arguments.get(1), arguments.get(0)) + ")");
          case "assertArrayEquals" -> arrays(arguments, first, second);
          case "assertEquals" ->
              Optional.of(
                  "Math.abs((" + second + ") - (" + first + ")) <= " + java.of(arguments.get(2)));
          default -> Optional.empty();
        };
    return condition.map(one -> "assert " + one + suffix + ";");
  }

  private static Optional<String> arrays(List<Expression> arguments, String first, String second) {
    String function = first.contains("[][]") ? "Arrays.deepEquals(" : "Arrays.equals(";
    return arguments.size() > 2
        ? Optional.empty()
        : Optional.of(function + second + ", " + first + ")");
  }

  /** A statement that two things are equal. */
  String equality(Expression actual, Expression expected, String suffix) {
    if (!explained
        || !suffix.isEmpty()
        || actual.isNullLiteralExpr()
        || expected.isNullLiteralExpr()) {
      return "assert " + condition(actual, expected) + suffix + ";";
    }
    boolean primitive = isPrimitive(actual) || isPrimitive(expected);
    String condition = JavaEquality.of("givenValue", "wantedValue", expected, primitive);
    return """
    {
        var givenValue = %s;
        var wantedValue = %s;
        assert %s : "expected " + wantedValue + ", but was " + givenValue;
    }\
    """
        .formatted(java.of(actual), java.of(expected), condition);
  }

  /** A condition that two things are equal. */
  String condition(Expression actual, Expression expected) {
    boolean primitive = isPrimitive(actual) || isPrimitive(expected);
    return JavaEquality.of(java.of(actual), java.of(expected), expected, primitive);
  }

  private boolean isPrimitive(Expression expression) {
    return JavaEquality.isPrimitive(expression)
        || (expression instanceof NameExpr name && primitives.contains(name.getNameAsString()));
  }

  private Optional<String> thrown(Expression expression, List<Expression> arguments) {
    Optional<String> code = arguments.size() < 2 ? Optional.empty() : code(arguments.get(1));
    String type =
        arguments.isEmpty() ? "" : java.of(arguments.getFirst()).replaceFirst("\\.class$", "");
    if (expression instanceof VariableDeclarationExpr declaration) {
      String name = declaration.getVariable(0).getNameAsString();
      return code.map(one ->
          """
          Throwable %1$sRaised = null;
          try {
              %3$s
          } catch (Throwable raisedThrowable) {
              %1$sRaised = raisedThrowable;
          }
          assert %1$sRaised instanceof %2$s : "%2$s was not thrown";
          %2$s %1$s = (%2$s) %1$sRaised;\
          """
              .formatted(name, type, one));
    }
    return code.map(one -> raising(one, type, "true"));
  }

  /**
   * A block that asserts that statements throw.
   *
   * @param condition what holds of {@code raisedThrowable}
   */
  static String raising(String code, String type, String condition) {
    String also = condition.equals("true") ? "" : " && " + condition;
    return """
    {
        Throwable raisedThrowable = null;
        try {
            %1$s
        } catch (Throwable anyThrowable) {
            raisedThrowable = anyThrowable;
        }
        assert raisedThrowable instanceof %2$s%3$s : "%2$s was not thrown";
    }\
    """
        .formatted(code, type, also);
  }

  /** The statements of a lambda expression. */
  Optional<String> code(Expression argument) {
    if (!(argument instanceof LambdaExpr lambda) || !lambda.getParameters().isEmpty()) {
      return Optional.empty();
    }
    Statement body = lambda.getBody();
    if (!(body instanceof ExpressionStmt expression)) {
      return body.findFirst(com.github.javaparser.ast.stmt.ReturnStmt.class).isPresent()
          ? Optional.empty()
          : Optional.of(java.of(body));
    }
    Node inner = expression.getExpression();
    boolean statement =
        inner instanceof MethodCallExpr
            || expression.getExpression().isObjectCreationExpr()
            || expression.getExpression().isAssignExpr();
    String text = java.of(inner);
    return Optional.of(statement ? text + ";" : "var unusedValue = " + text + ";");
  }
}
