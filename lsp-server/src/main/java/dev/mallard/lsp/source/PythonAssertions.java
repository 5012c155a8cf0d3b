package dev.mallard.lsp.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A call of an assertion of unittest or pytest.
 *
 * @param name what is asserted, such as {@code assertEqual} or {@code raises}
 * @param arguments those that are not named
 * @param loose whether an argument has to be in parentheses beside an operator
 * @param message what is said if it does not hold
 */
record PythonAssertions(
    String name, List<String> arguments, List<Boolean> loose, Optional<String> message) {
  private static final Map<String, String> OPERATORS =
      Map.ofEntries(
          Map.entry("assertEqual", "=="),
          Map.entry("assertEquals", "=="),
          Map.entry("assertListEqual", "=="),
          Map.entry("assertDictEqual", "=="),
          Map.entry("assertTupleEqual", "=="),
          Map.entry("assertSetEqual", "=="),
          Map.entry("assertSequenceEqual", "=="),
          Map.entry("assertMultiLineEqual", "=="),
          Map.entry("assertNotEqual", "!="),
          Map.entry("assertIs", "is"),
          Map.entry("assertIsNot", "is not"),
          Map.entry("assertIn", "in"),
          Map.entry("assertNotIn", "not in"),
          Map.entry("assertGreater", ">"),
          Map.entry("assertGreaterEqual", ">="),
          Map.entry("assertLess", "<"),
          Map.entry("assertLessEqual", "<="));

  PythonAssertions {
    arguments = List.copyOf(arguments);
    loose = List.copyOf(loose);
  }

  /** The assertion that a call is, if it is one. */
  static Optional<PythonAssertions> of(SyntaxNode call) {
    String function = call.child("function").map(SyntaxNode::text).orElse("");
    boolean unittest = function.startsWith("self.assert");
    if (!unittest && !function.equals("pytest.raises")) {
      return Optional.empty();
    }
    List<String> arguments = new ArrayList<>();
    List<Boolean> loose = new ArrayList<>();
    Optional<String> message = Optional.empty();
    for (SyntaxNode argument : call.child("arguments").map(SyntaxNode::parts).orElse(List.of())) {
      if (argument.is("keyword_argument")) {
        boolean says = argument.child("name").filter(one -> one.text().equals("msg")).isPresent();
        message = says ? argument.child("value").map(SyntaxNode::text) : message;
        continue;
      }
      arguments.add(argument.text());
      loose.add(
          argument.is(
                  "comparison_operator",
                  "boolean_operator",
                  "not_operator",
                  "lambda",
                  "conditional_expression",
                  "named_expression",
                  "generator_expression")
              || argument.text().contains("\n"));
    }
    String name = function.substring(function.indexOf('.') + 1);
    return Optional.of(new PythonAssertions(name, arguments, loose, message));
  }

  /** Whether it says that an exception is raised. */
  boolean isRaises() {
    return (name.equals("raises") || name.equals("assertRaises")) && !arguments.isEmpty();
  }

  /** The call that has to raise, if it is one of the arguments. */
  Optional<String> call() {
    return arguments.size() < 2
        ? Optional.empty()
        : Optional.of(
            operand(1) + "(" + String.join(", ", arguments.subList(2, arguments.size())) + ")");
  }

  /** The same as an assert. */
  Optional<String> statement() {
    String operator = OPERATORS.get(name);
    if (operator != null) {
      return assertion(2, () -> operand(0) + " " + operator + " " + operand(1));
    }
    return switch (name) {
      case "assertTrue" ->
          assertion(
              1, () -> arguments.getFirst().contains("\n") ? operand(0) : arguments.getFirst());
      case "assertFalse" -> assertion(1, () -> "not " + operand(0));
      case "assertIsNone" -> assertion(1, () -> operand(0) + " is None");
      case "assertIsNotNone" -> assertion(1, () -> operand(0) + " is not None");
      case "assertIsInstance" ->
          assertion(2, () -> "isinstance(" + arguments.get(0) + ", " + arguments.get(1) + ")");
      case "assertCountEqual" ->
          assertion(
              2, () -> "sorted(" + arguments.get(0) + ") == sorted(" + arguments.get(1) + ")");
      case "assertAlmostEqual" -> almostEqual();
      default -> Optional.empty();
    };
  }

  private Optional<String> almostEqual() {
    String places = arguments.size() > 2 ? arguments.get(2) : "7";
    return arguments.size() < 2
        ? Optional.empty()
        : Optional.of(
            "assert round(abs((%s) - (%s)), %s) == 0"
                .formatted(arguments.get(0), arguments.get(1), places));
  }

  private Optional<String> assertion(int operands, java.util.function.Supplier<String> condition) {
    if (arguments.size() < operands) {
      return Optional.empty();
    }
    Optional<String> said =
        arguments.size() > operands ? Optional.of(arguments.get(operands)) : message;
    return Optional.of("assert " + condition.get() + said.map(text -> ", " + text).orElse(""));
  }

  private String operand(int index) {
    return loose.get(index) ? "(" + arguments.get(index) + ")" : arguments.get(index);
  }

  /** An assert that compares with {@code pytest.approx}, with {@code math.isclose} instead. */
  static Optional<String> approximate(SyntaxNode assertion) {
    Optional<SyntaxNode> comparison =
        assertion.onlyPart().filter(part -> part.is("comparison_operator"));
    List<SyntaxNode> sides = comparison.map(SyntaxNode::parts).orElse(List.of());
    if (sides.size() != 2 || !comparison.get().has("==")) {
      return Optional.empty();
    }
    Optional<SyntaxNode> right = approximated(sides.get(1));
    Optional<SyntaxNode> left = approximated(sides.get(0));
    if (right.isPresent() == left.isPresent()) {
      return Optional.empty();
    }
    SyntaxNode actual = right.isPresent() ? sides.get(0) : sides.get(1);
    SyntaxNode expected = right.or(() -> left).get();
    return Optional.of(
        "assert __import__(\"math\").isclose(%s, %s, rel_tol=1e-6, abs_tol=1e-12)"
            .formatted(actual.text(), expected.text()));
  }

  private static Optional<SyntaxNode> approximated(SyntaxNode side) {
    boolean approximate =
        side.is("call")
            && side.child("function")
                .filter(name -> name.text().equals("pytest.approx"))
                .isPresent();
    return approximate
        ? side.child("arguments")
            .flatMap(list -> list.parts().stream().findFirst())
            .filter(value -> !value.is("list", "tuple", "dictionary", "set", "list_comprehension"))
        : Optional.empty();
  }
}
