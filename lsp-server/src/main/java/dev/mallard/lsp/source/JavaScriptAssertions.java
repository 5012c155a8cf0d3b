package dev.mallard.lsp.source;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A statement that asserts.
 *
 * @param source it, as the sandbox takes it
 * @param isAssert whether it is so in the file, and does not expect something as Jest does
 */
record JavaScriptAssertions(String source, boolean isAssert) {
  private static final Pattern ASSERT =
      Pattern.compile(
          "console\\.assert|assert(?:\\.strict)?(?:\\.(?:equal|strictEqual|deepEqual|deepStrictEqual"
              + "|notEqual|notStrictEqual|notDeepEqual|notDeepStrictEqual|ok|throws|doesNotThrow"
              + "|rejects|match))?");
  private static final Pattern INNER = Pattern.compile("\\b(?:assert|expect)\\s*[.(]");

  /** What is expected of a value. */
  private record Expectation(String value, String matcher, List<String> arguments, boolean not) {
    Optional<String> assertion() {
      String wanted = arguments.isEmpty() ? "" : arguments.getFirst();
      return switch (matcher) {
        case "toBe" -> wanted(equal(not ? "notStrictEqual" : "strictEqual", wanted));
        case "toEqual", "toStrictEqual" ->
            wanted(equal(not ? "notDeepStrictEqual" : "deepStrictEqual", wanted));
        case "toBeNull" -> Optional.of(equal(not ? "notStrictEqual" : "strictEqual", "null"));
        case "toBeUndefined" ->
            Optional.of(equal(not ? "notStrictEqual" : "strictEqual", "undefined"));
        case "toBeDefined" ->
            Optional.of(equal(not ? "strictEqual" : "notStrictEqual", "undefined"));
        case "toBeTruthy" -> holds("(" + value + ")");
        case "toBeFalsy" -> holds("!(" + value + ")");
        case "toBeNaN" -> holds("Number.isNaN(" + value + ")");
        case "toHaveLength" ->
            not
                ? Optional.empty()
                : wanted("assert.strictEqual((" + value + ").length, " + wanted + ");");
        case "toContain" ->
            wanted.isEmpty() ? Optional.empty() : holds("(" + value + ").includes(" + wanted + ")");
        case "toBeInstanceOf" -> comparison("instanceof", wanted);
        case "toBeGreaterThan" -> comparison(">", wanted);
        case "toBeGreaterThanOrEqual" -> comparison(">=", wanted);
        case "toBeLessThan" -> comparison("<", wanted);
        case "toBeLessThanOrEqual" -> comparison("<=", wanted);
        case "toBeCloseTo" -> close(wanted);
        case "toThrow", "toThrowError" -> thrown(wanted);
        default -> Optional.empty();
      };
    }

    private String equal(String function, String wanted) {
      return "assert." + function + "(" + value + ", " + wanted + ");";
    }

    private Optional<String> wanted(String assertion) {
      return arguments.size() == 1 ? Optional.of(assertion) : Optional.empty();
    }

    private Optional<String> holds(String condition) {
      return Optional.of("assert.ok(" + (not ? "!(" + condition + ")" : condition) + ");");
    }

    private Optional<String> comparison(String operator, String wanted) {
      return wanted.isEmpty()
          ? Optional.empty()
          : holds("(" + value + ") " + operator + " (" + wanted + ")");
    }

    private Optional<String> close(String wanted) {
      String digits = arguments.size() > 1 ? arguments.get(1) : "2";
      return wanted.isEmpty()
          ? Optional.empty()
          : holds("Math.abs((%s) - (%s)) < 10 ** -(%s) / 2".formatted(value, wanted, digits));
    }

    private Optional<String> thrown(String wanted) {
      if (not) {
        return Optional.of("assert.doesNotThrow(" + value + ");");
      }
      boolean message = wanted.isEmpty() || "'\"`".indexOf(wanted.charAt(0)) >= 0;
      return Optional.of("assert.throws(" + value + (message ? "" : ", " + wanted) + ");");
    }
  }

  /** The assertion that a statement, or the expression of an arrow function, is. */
  static Optional<JavaScriptAssertions> of(SyntaxNode statement) {
    Optional<SyntaxNode> expression =
        statement.is("expression_statement") ? statement.onlyPart() : Optional.of(statement);
    Optional<SyntaxNode> call =
        expression
            .map(part -> part.is("await_expression") ? part.onlyPart().orElse(part) : part)
            .filter(part -> part.is("call_expression"));
    if (call.isEmpty()) {
      return Optional.empty();
    }
    String function = call.get().child("function").map(SyntaxNode::text).orElse("");
    if (ASSERT.matcher(function).matches()) {
      boolean nested =
          call.get()
              .child("arguments")
              .filter(list -> INNER.matcher(list.text()).find())
              .isPresent();
      String source = expression.get().text().replace("\r\n", "\n");
      return nested ? Optional.empty() : Optional.of(new JavaScriptAssertions(source + ";", true));
    }
    return expectation(call.get())
        .flatMap(Expectation::assertion)
        .map(source -> new JavaScriptAssertions(source, false));
  }

  private static Optional<Expectation> expectation(SyntaxNode call) {
    Optional<SyntaxNode> member = call.child("function").filter(one -> one.is("member_expression"));
    Optional<SyntaxNode> object = member.flatMap(one -> one.child("object"));
    boolean not = false;
    boolean resolves = false;
    while (object.filter(one -> one.is("member_expression")).isPresent()) {
      String property =
          object.flatMap(one -> one.child("property")).map(SyntaxNode::text).orElse("");
      if (property.equals("not")) {
        not = true;
      } else if (property.equals("resolves")) {
        resolves = true;
      } else {
        return Optional.empty();
      }
      object = object.flatMap(one -> one.child("object"));
    }
    Optional<String> value =
        object
            .filter(one -> one.is("call_expression"))
            .filter(one ->
                one.child("function").filter(name -> name.text().equals("expect")).isPresent())
            .flatMap(one -> one.child("arguments"))
            .flatMap(SyntaxNode::onlyPart)
            .map(SyntaxNode::text);
    String matcher = member.flatMap(one -> one.child("property")).map(SyntaxNode::text).orElse("");
    List<String> arguments =
        call.child("arguments").map(SyntaxNode::parts).orElse(List.of()).stream()
            .map(SyntaxNode::text)
            .toList();
    String before = resolves ? "await " : "";
    boolean negated = not;
    return value.map(text -> new Expectation(before + text, matcher, arguments, negated));
  }
}
