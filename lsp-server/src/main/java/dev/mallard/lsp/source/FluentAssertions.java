package dev.mallard.lsp.source;

import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.MethodCallExpr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Translates the assertions of AssertJ. */
final class FluentAssertions {
  private final JavaText java;
  private final JUnitAssertions assertions;

  FluentAssertions(JavaText java, JUnitAssertions assertions) {
    this.java = java;
    this.assertions = assertions;
  }

  /** A statement that asserts what a chain of calls does; empty if there is none. */
  Optional<String> of(List<MethodCallExpr> calls) {
    MethodCallExpr first = calls.getFirst();
    if (calls.size() < 2 || first.getArguments().size() != 1) {
      return Optional.empty();
    }
    Expression actual = first.getArgument(0);
    List<MethodCallExpr> claims = calls.subList(1, calls.size());
    if (first.getNameAsString().equals("assertThatThrownBy")) {
      return thrown(actual, claims);
    }
    if (!first.getNameAsString().equals("assertThat")) {
      return Optional.empty();
    }
    MethodCallExpr claim = claims.getFirst();
    if (claims.size() == 1 && isEquality(claim)) {
      return Optional.of(assertions.equality(actual, claim.getArgument(0), ""));
    }
    List<String> conditions = new ArrayList<>();
    for (MethodCallExpr one : claims) {
      Optional<String> condition = condition(actual, one);
      if (condition.isEmpty()) {
        return Optional.empty();
      }
      conditions.add(condition.get());
    }
    return Optional.of("assert " + String.join(" && ", conditions) + ";");
  }

  private static boolean isEquality(MethodCallExpr claim) {
    return claim.getNameAsString().equals("isEqualTo") && claim.getArguments().size() == 1;
  }

  private Optional<String> condition(Expression actual, MethodCallExpr claim) {
    String value = "(" + java.of(actual) + ")";
    String wanted = claim.getArguments().stream().map(java::of).collect(Collectors.joining(", "));
    String name = claim.getNameAsString();
    if (claim.getArguments().isEmpty()) {
      return switch (name) {
        case "isTrue" -> Optional.of(value);
        case "isFalse" -> Optional.of("!" + value);
        case "isNull" -> Optional.of(value + " == null");
        case "isNotNull" -> Optional.of(value + " != null");
        case "isEmpty" -> Optional.of(value + ".isEmpty()");
        case "isNotEmpty" -> Optional.of("!" + value + ".isEmpty()");
        case "isZero" -> Optional.of(value + " == 0");
        case "isPositive" -> Optional.of(value + " > 0");
        case "isNegative" -> Optional.of(value + " < 0");
        default -> Optional.empty();
      };
    }
    if (name.equals("containsExactly")) {
      return Optional.of("Objects.equals(" + java.of(actual) + ", List.of(" + wanted + "))");
    }
    if (claim.getArguments().size() != 1) {
      return Optional.empty();
    }
    return switch (name) {
      case "isEqualTo" -> Optional.of(assertions.condition(actual, claim.getArgument(0)));
      case "isNotEqualTo" ->
          Optional.of("!(" + assertions.condition(actual, claim.getArgument(0)) + ")");
      case "isSameAs" -> Optional.of(value + " == (" + wanted + ")");
      case "isGreaterThan" -> Optional.of(value + " > (" + wanted + ")");
      case "isGreaterThanOrEqualTo" -> Optional.of(value + " >= (" + wanted + ")");
      case "isLessThan" -> Optional.of(value + " < (" + wanted + ")");
      case "isLessThanOrEqualTo" -> Optional.of(value + " <= (" + wanted + ")");
      case "isInstanceOf" ->
          Optional.of(value + " instanceof " + wanted.replaceFirst("\\.class$", ""));
      case "contains", "startsWith", "endsWith", "containsKey" ->
          Optional.of(value + "." + name + "(" + wanted + ")");
      default -> Optional.empty();
    };
  }

  private Optional<String> thrown(Expression actual, List<MethodCallExpr> claims) {
    String type = "Throwable";
    List<String> conditions = new ArrayList<>();
    for (MethodCallExpr claim : claims) {
      if (claim.getArguments().size() != 1) {
        return Optional.empty();
      }
      String wanted = java.of(claim.getArgument(0));
      switch (claim.getNameAsString()) {
        case "isInstanceOf" -> type = wanted.replaceFirst("\\.class$", "");
        case "hasMessage" ->
            conditions.add("Objects.equals(raisedThrowable.getMessage(), " + wanted + ")");
        case "hasMessageContaining" ->
            conditions.add("raisedThrowable.getMessage().contains(" + wanted + ")");
        default -> {
          return Optional.empty();
        }
      }
    }
    String raised = type;
    String condition = conditions.isEmpty() ? "true" : String.join(" && ", conditions);
    return assertions.code(actual).map(code -> JUnitAssertions.raising(code, raised, condition));
  }
}
