package dev.mallard.lsp.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells the tests in Python from other statements, and translates them. */
final class PythonTests {
  private static final Pattern MAIN =
      Pattern.compile("__name__\\s*==\\s*(['\"])__main__\\1|(['\"])__main__\\2\\s*==\\s*__name__");
  private static final Pattern RUNNER =
      Pattern.compile("(?:unittest\\.main|doctest\\.testmod|pytest\\.main|test_?\\w*)\\s*\\(");

  private final String text;
  private final PythonImports imports;

  PythonTests(String text, PythonImports imports) {
    this.text = text;
    this.imports = imports;
  }

  /** Whether a statement of the top level is there for tests alone. */
  boolean isTest(SyntaxNode statement) {
    SyntaxNode inner = PythonDefinitions.undecorated(statement);
    return switch (inner.type()) {
      case "assert_statement", "expression_statement" ->
          isAlone(statement) && (inner.is("assert_statement") || runs(inner));
      case "if_statement" ->
          isMain(inner)
              && (translated(inner).filter(test -> !test.assertions().isEmpty()).isPresent()
                  || body(inner).stream().allMatch(PythonTests::runs));
      case "function_definition" -> isTestFunction(statement, inner);
      case "class_definition" -> !testMethods(inner).isEmpty();
      default -> PythonImports.isOfTests(statement) && isAlone(statement);
    };
  }

  /** The tests in a statement that {@link #isTest} is true of. */
  List<SourceTest> of(SyntaxNode statement) {
    SyntaxNode inner = PythonDefinitions.undecorated(statement);
    return switch (inner.type()) {
      case "if_statement" ->
          body(inner).stream()
              .filter(child -> !runs(child))
              .flatMap(child -> statement(child).stream())
              .toList();
      case "assert_statement" -> statement(inner);
      case "function_definition" -> statement.is("decorated_definition") ? List.of() : call(inner);
      case "class_definition" ->
          testMethods(inner).stream().flatMap(method -> method(inner, method).stream()).toList();
      default -> List.of();
    };
  }

  /** Any other statement of a file of tests: set-up, or one with assertions in it. */
  List<SourceTest> statement(SyntaxNode statement) {
    boolean fixture =
        statement.is("decorated_definition") && statement.text().startsWith("@pytest");
    if (statement.is("comment", "ERROR") || fixture || statement.text().startsWith("sys.path")) {
      return List.of();
    }
    return translated(statement).map(test -> test(test.source(), test.assertions())).stream()
        .toList();
  }

  /** Set-up. */
  SourceTest setUp(String source) {
    return test(source, List.of());
  }

  private SourceTest test(String source, List<Span> assertions) {
    String unqualified = imports.unqualified(source);
    return new SourceTest(unqualified, assertions, SourceWords.ofPython(unqualified).names());
  }

  private Optional<PythonTestText.Translated> translated(SyntaxNode statement) {
    return PythonTestText.translate(text, statement, Set.of());
  }

  private static boolean runs(SyntaxNode statement) {
    return statement.is("expression_statement") && RUNNER.matcher(statement.text()).lookingAt();
  }

  private boolean isAlone(SyntaxNode statement) {
    return SourceLines.isLast(text, statement.end(), "#");
  }

  private static boolean isMain(SyntaxNode statement) {
    return statement
            .child("condition")
            .filter(test -> MAIN.matcher(test.text()).matches())
            .isPresent()
        && statement.child("alternative").isEmpty();
  }

  private static List<SyntaxNode> body(SyntaxNode statement) {
    return statement.first("block").map(SyntaxNode::parts).orElse(List.of());
  }

  private boolean isTestFunction(SyntaxNode whole, SyntaxNode function) {
    boolean named =
        function.child("name").filter(name -> name.text().startsWith("test")).isPresent();
    if (!named) {
      return false;
    }
    if (whole.is("decorated_definition")) {
      return whole.text().startsWith("@pytest") || whole.text().startsWith("@unittest");
    }
    return parameters(function) == 0
        && translated(function).filter(test -> !test.assertions().isEmpty()).isPresent();
  }

  private static int parameters(SyntaxNode function) {
    return function.child("parameters").map(list -> list.parts().size()).orElse(0);
  }

  private List<SourceTest> call(SyntaxNode function) {
    if (function.has("async")) {
      return List.of();
    }
    String name = function.child("name").map(SyntaxNode::text).orElse("");
    return translated(function)
        .map(test -> test(test.source() + "\n\n" + name + "()", test.assertions()))
        .stream()
        .toList();
  }

  /** The test methods of a class of tests. */
  private static List<SyntaxNode> testMethods(SyntaxNode definition) {
    String name = definition.child("name").map(SyntaxNode::text).orElse("");
    boolean ofTests =
        name.startsWith("Test")
            || definition
                .child("superclasses")
                .filter(list -> list.text().contains("TestCase"))
                .isPresent();
    return ofTests
        ? definition.child("body").map(SyntaxNode::parts).orElse(List.of()).stream()
            .filter(member -> member.is("function_definition"))
            .filter(member -> !member.has("async") && parameters(member) == 1)
            .filter(member ->
                member.child("name").filter(one -> one.text().startsWith("test")).isPresent())
            .toList()
        : List.of();
  }

  private Optional<SourceTest> method(SyntaxNode definition, SyntaxNode method) {
    String className = definition.child("name").map(SyntaxNode::text).orElse("");
    Set<String> attributes = new java.util.HashSet<>();
    List<SyntaxNode> before = new ArrayList<>();
    for (SyntaxNode member : definition.child("body").map(SyntaxNode::parts).orElse(List.of())) {
      String name = member.child("name").map(SyntaxNode::text).orElse("");
      if (name.equals("setUp") || name.equals("setup_method")) {
        before.add(member);
      } else if (member.is("expression_statement")) {
        before.add(member);
      } else {
        attributes.add(name);
      }
    }
    String name = method.child("name").map(SyntaxNode::text).orElse("");
    Optional<PythonTestText.Translated> test = PythonTestText.translate(text, method, attributes);
    StringBuilder source = new StringBuilder();
    String receiver = "type(\"" + className + "\", (), {})()";
    boolean needed = test.filter(one -> usesSelf(one.source())).isPresent();
    if (needed && !before.isEmpty()) {
      receiver = "case";
      source.append("case = type(\"").append(className).append("\", (), {})()\n");
      for (SyntaxNode member : before) {
        Optional<PythonTestText.Translated> setUp =
            PythonTestText.translate(text, member, attributes);
        if (setUp.isEmpty() || !setUp.get().assertions().isEmpty()) {
          return Optional.empty();
        }
        String statement = setUp.get().source();
        source.append(
            member.is("function_definition")
                ? statement + "\n\n" + called(member) + "(case)\n\n\n"
                : "case." + statement.strip() + "\n");
      }
    }
    String last = receiver;
    return test.filter(one -> !one.assertions().isEmpty())
        .map(one ->
            test(source + one.source() + "\n\n" + name + "(" + last + ")", one.assertions()));
  }

  private static String called(SyntaxNode function) {
    return function.child("name").map(SyntaxNode::text).orElse("");
  }

  private static boolean usesSelf(String source) {
    return source.contains("self.");
  }
}
