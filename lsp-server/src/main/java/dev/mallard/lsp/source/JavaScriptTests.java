package dev.mallard.lsp.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds tests in JavaScript, and translates them. */
final class JavaScriptTests {
  private static final int DEEPEST = 30;

  private static final Set<String> GROUPS = Set.of("describe", "suite", "describe.only");
  private static final Set<String> TESTS = Set.of("test", "it", "test.only", "it.only");
  private static final Set<String> EACH = Set.of("beforeEach");
  private static final Set<String> ALL = Set.of("before", "beforeAll");
  private static final Pattern FRAMEWORK =
      Pattern.compile(
          "\\b(?:assert|expect|jest|vi|mock|test|it|describe|before|beforeAll|after|afterAll"
              + "|afterEach|beforeEach)\\s*[.(]");
  private static final Pattern CONTINUING = Pattern.compile("[(\\[`+\\-/*]");

  private final String text;
  private final JavaScriptImports imports;

  JavaScriptTests(String text, JavaScriptImports imports) {
    this.text = text;
    this.imports = imports;
  }

  /** The tests that a statement of a program is; none if it belongs to the program. */
  List<SourceTest> inProgram(SyntaxNode statement) {
    boolean main =
        statement.is("if_statement")
            && statement.child("alternative").isEmpty()
            && statement
                .child("condition")
                .filter(
                    test -> test.text().matches("\\(\\s*require\\.main\\s*===?\\s*module\\s*\\)"))
                .isPresent();
    if (main) {
      List<SyntaxNode> body =
          statement
              .child("consequence")
              .filter(block -> block.is("statement_block"))
              .map(SyntaxNode::parts)
              .orElse(List.of());
      return flat(body).filter(test -> !test.isSetUp()).stream().toList();
    }
    return isAlone(statement)
        ? JavaScriptAssertions.of(statement).filter(JavaScriptAssertions::isAssert).stream()
            .map(assertion -> test(assertion.source(), List.of(statement.span())))
            .toList()
        : List.of();
  }

  private boolean isAlone(SyntaxNode statement) {
    return SourceLines.isLast(text, statement.end(), "//");
  }

  /** The tests of a file of tests, and their set-up. */
  List<SourceTest> inTests(List<SyntaxNode> statements) {
    List<SourceTest> tests = new ArrayList<>();
    group(statements, List.of(), 0, tests);
    return tests;
  }

  private void group(
      List<SyntaxNode> statements, List<SyntaxNode> outer, int depth, List<SourceTest> tests) {
    List<SyntaxNode> before = new ArrayList<>(outer);
    for (SyntaxNode statement : statements) {
      Optional<SyntaxNode> call =
          statement.is("expression_statement")
              ? statement.onlyPart().filter(part -> part.is("call_expression"))
              : Optional.empty();
      String name = call.flatMap(one -> one.child("function")).map(SyntaxNode::text).orElse("");
      Optional<List<SyntaxNode>> body = call.flatMap(JavaScriptTests::body);
      if (GROUPS.contains(name)) {
        if (body.isPresent() && depth < DEEPEST) {
          group(body.get(), before, depth + 1, tests);
        }
      } else if (EACH.contains(name)) {
        body.ifPresent(before::addAll);
      } else if (ALL.contains(name)) {
        body.flatMap(this::flat).ifPresent(tests::add);
      } else if (TESTS.contains(name)) {
        body.flatMap(own -> flat(joined(before, own)))
            .filter(test -> !test.isSetUp())
            .ifPresent(tests::add);
      } else if (JavaScriptImports.isImport(statement)) {
        imports.kept(statement).ifPresent(kept -> tests.add(test(kept, List.of())));
      } else if (!statement.is("comment", "ERROR", "hash_bang_line")) {
        flat(List.of(statement)).ifPresent(tests::add);
      }
    }
  }

  private static List<SyntaxNode> joined(List<SyntaxNode> first, List<SyntaxNode> second) {
    List<SyntaxNode> joined = new ArrayList<>(first);
    joined.addAll(second);
    return joined;
  }

  /** The statements of the function that a call is given, if it has no parameters. */
  private static Optional<List<SyntaxNode>> body(SyntaxNode call) {
    return call.child("arguments")
        .map(SyntaxNode::parts)
        .filter(arguments -> !arguments.isEmpty())
        .map(List::getLast)
        .filter(function -> function.is("arrow_function", "function_expression"))
        .filter(function ->
            function.child("parameters").map(list -> list.parts().isEmpty()).orElse(false))
        .flatMap(function -> function.child("body"))
        .map(body -> body.is("statement_block") ? body.parts() : List.of(body));
  }

  /**
   * Statements as they are at the top level, each on lines of its own.
   *
   * @return empty if one of them cannot be translated
   */
  private Optional<SourceTest> flat(List<SyntaxNode> statements) {
    List<String> sources = new ArrayList<>();
    List<Span> assertions = new ArrayList<>();
    for (SyntaxNode statement : statements) {
      Optional<JavaScriptAssertions> assertion = JavaScriptAssertions.of(statement);
      if (assertion.isPresent()) {
        sources.add(assertion.get().source());
        assertions.add(statement.span());
      } else if (statement.is("ERROR", "return_statement")
          || FRAMEWORK.matcher(statement.text()).find()) {
        return Optional.empty();
      } else {
        sources.add(variable(statement));
      }
    }
    return sources.isEmpty()
        ? Optional.empty()
        : Optional.of(test(String.join("\n", sources), assertions));
  }

  private SourceTest test(String source, List<Span> assertions) {
    String unqualified = imports.unqualified(source);
    return new SourceTest(unqualified, assertions, SourceWords.ofBraces(unqualified).names());
  }

  /** A statement that may stand beside others which declare the same variable. */
  static String variable(SyntaxNode statement) {
    String source = statement.text().replace("\r\n", "\n");
    if (statement.is("lexical_declaration")) {
      String keyword = statement.child("kind").map(SyntaxNode::text).orElse("");
      source = "var" + source.substring(keyword.length());
    } else if (CONTINUING.matcher(source).lookingAt()) {
      source = "void " + source;
    }
    return source.endsWith(";") || source.endsWith("}") ? source : source + ";";
  }
}
