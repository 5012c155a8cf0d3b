package dev.mallard.lsp.source;

import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.EnclosedExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.StringLiteralExpr;
import com.github.javaparser.ast.expr.UnaryExpr;

/** How tests in Java say that two things are equal. */
final class JavaEquality {
  private JavaEquality() {}

  /**
   * A condition.
   *
   * @param actual one side
   * @param expected the other, which is {@code value} as text
   * @param primitive whether a side is known to be of a primitive type
   */
  static String of(String actual, String expected, Expression value, boolean primitive) {
    return primitive || isPrimitive(value) || value.isNullLiteralExpr()
        ? operand(actual) + " == " + operand(expected)
        : "Objects.equals(" + actual + ", " + expected + ")";
  }

  private static String operand(String text) {
    boolean simple =
        text.matches("[\\w.$\"'+-]+|[\\w.$ ]+\\([^()?=&|]*\\)(?:\\.\\w+\\([^()]*\\))*");
    return simple ? text : "(" + text + ")";
  }

  /** Whether an expression is of a primitive type, as far as can be told from itself. */
  static boolean isPrimitive(Expression expression) {
    return switch (expression) {
      case EnclosedExpr enclosed -> isPrimitive(enclosed.getInner());
      case UnaryExpr unary -> isPrimitive(unary.getExpression());
      case BinaryExpr binary ->
          (isPrimitive(binary.getLeft()) && isPrimitive(binary.getRight()))
              || (isArithmetic(binary) && !isText(binary));
      case StringLiteralExpr text -> false;
      default ->
          expression.isBooleanLiteralExpr()
              || expression.isCharLiteralExpr()
              || expression.isIntegerLiteralExpr()
              || expression.isLongLiteralExpr()
              || expression.isDoubleLiteralExpr();
    };
  }

  private static boolean isArithmetic(BinaryExpr binary) {
    return switch (binary.getOperator()) {
      case MINUS, MULTIPLY, DIVIDE, REMAINDER -> true;
      default -> false;
    };
  }

  private static boolean isText(BinaryExpr binary) {
    return binary.getLeft().isStringLiteralExpr() || binary.getRight().isStringLiteralExpr();
  }
}
