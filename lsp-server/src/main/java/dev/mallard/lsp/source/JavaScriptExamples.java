package dev.mallard.lsp.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.treesitter.TSLanguage;

/** Makes tests of the examples in JSDoc. */
final class JavaScriptExamples {
  private static final Set<String> PRIMITIVES =
      Set.of("number", "string", "true", "false", "null", "undefined");
  private static final Set<String> COLLECTIONS =
      Set.of("array", "object", "pair", "unary_expression", "parenthesized_expression");
  private static final Set<String> PARTS = Set.of("property_identifier", "computed_property_name");

  private static final Pattern SIGN =
      Pattern.compile("^//+\\s*(?:=>|->|→|⇒|returns?:?\\s|output:?\\s)?\\s*");
  private static final Pattern ARROW = Pattern.compile("^//+\\s*(?:=>|->|→|⇒|returns?\\b).*");

  private final TSLanguage language;
  private final String text;

  JavaScriptExamples(TSLanguage language, String text) {
    this.language = language;
    this.text = text;
  }

  /** The examples in a comment. */
  List<SourceTest> of(Span comment) {
    if (!comment.of(text).contains("@example")) {
      return List.of();
    }
    List<SourceTest> tests = new ArrayList<>();
    CommentText.examples(text, comment).forEach(lines -> example(lines, tests));
    return tests;
  }

  private void example(List<Span> lines, List<SourceTest> tests) {
    String code = lines.stream().map(line -> line.of(text)).collect(Collectors.joining("\n"));
    try (SyntaxTree tree = SyntaxTree.of(language, code)) {
      List<SyntaxNode> nodes = tree.root().named();
      int[] line = {0};
      int[] lineEnd = {lines.isEmpty() ? 0 : length(lines, 0)};
      for (int index = 0; index < nodes.size(); index++) {
        SyntaxNode statement = nodes.get(index);
        int first = line(statement.start(), lines, line, lineEnd);
        int last = line(statement.end(), lines, line, lineEnd);
        if (statement.is("comment") || JavaScriptImports.isImport(statement)) {
          continue;
        }
        if (statement.is("ERROR")) {
          return;
        }
        // Without a semicolon, the comment is part of the statement.
        Optional<SyntaxNode> answer =
            Stream.concat(statement.named().stream(), nodes.stream().skip(index + 1L).limit(1))
                .filter(node -> node.is("comment"))
                .findFirst()
                .filter(comment -> answers(code, statement, comment));
        Span span = new Span(lines.get(first).start(), lines.get(last).end());
        test(statement, answer, span).ifPresent(tests::add);
      }
    }
  }

  private static int length(List<Span> lines, int line) {
    return lines.get(line).end() - lines.get(line).start();
  }

  /** The line that a place is in; asked for places in order. */
  private static int line(int place, List<Span> lines, int[] line, int[] lineEnd) {
    while (place > lineEnd[0] && line[0] + 1 < lines.size()) {
      line[0]++;
      lineEnd[0] += 1 + length(lines, line[0]);
    }
    return line[0];
  }

  private static boolean answers(String code, SyntaxNode statement, SyntaxNode comment) {
    int end = statement.onlyPart().map(SyntaxNode::end).orElse(statement.end());
    String between = code.substring(end, Math.max(end, comment.start()));
    return comment.text().startsWith("//")
        && (!between.contains("\n") || ARROW.matcher(comment.text()).matches());
  }

  private Optional<SourceTest> test(SyntaxNode statement, Optional<SyntaxNode> answer, Span span) {
    Optional<SyntaxNode> expression =
        statement.is("expression_statement") ? statement.onlyPart() : Optional.empty();
    if (expression.isEmpty() || isAssignment(expression.get())) {
      return Optional.of(setUp(JavaScriptTests.variable(statement)));
    }
    SyntaxNode asked = printed(expression.get()).orElse(expression.get());
    boolean prints = asked != expression.get();
    if (answer.isPresent()) {
      String expected = SIGN.matcher(answer.get().text()).replaceFirst("").strip();
      return equality(asked, expected, prints)
          .map(source -> new SourceTest(source, List.of(span), names(source)));
    }
    boolean compares = asked.is("binary_expression") && asked.has("===", "==");
    if (compares) {
      String source = "console.assert(" + asked.text() + ");";
      return Optional.of(new SourceTest(source, List.of(span), names(source)));
    }
    return Optional.of(setUp(expression.get().text() + ";"));
  }

  private Optional<String> equality(SyntaxNode asked, String expected, boolean printed) {
    try (SyntaxTree tree = SyntaxTree.of(language, "(" + expected + ")")) {
      Optional<SyntaxNode> value =
          tree.root()
              .onlyPart()
              .flatMap(SyntaxNode::onlyPart)
              .filter(part -> part.is("parenthesized_expression"))
              .flatMap(SyntaxNode::onlyPart)
              .filter(JavaScriptExamples::isLiteral);
      if (value.isPresent()) {
        String literal = value.get().text();
        boolean simple = asked.is("call_expression", "member_expression", "identifier");
        return Optional.of(
            PRIMITIVES.contains(value.get().type())
                ? "console.assert(%s === %s);"
                    .formatted(simple ? asked.text() : "(" + asked.text() + ")", literal)
                : "assert.deepStrictEqual(" + asked.text() + ", " + literal + ");");
      }
      return printed && !expected.isEmpty()
          ? Optional.of(
              "console.assert(String(" + asked.text() + ") === " + quoted(expected) + ");")
          : Optional.empty();
    }
  }

  private static boolean isLiteral(SyntaxNode value) {
    return value
        .find(node -> node.isNamed() && !COLLECTIONS.contains(node.type()), node -> true)
        .stream()
        .allMatch(node ->
            PRIMITIVES.contains(node.type())
                || PARTS.contains(node.type())
                || Set.of("NaN", "Infinity").contains(node.text()));
  }

  private static boolean isAssignment(SyntaxNode expression) {
    return expression.is(
        "assignment_expression", "augmented_assignment_expression", "update_expression");
  }

  private static Optional<SyntaxNode> printed(SyntaxNode expression) {
    boolean prints =
        expression.is("call_expression")
            && expression
                .child("function")
                .filter(name -> name.text().equals("console.log"))
                .isPresent();
    return prints ? expression.child("arguments").flatMap(SyntaxNode::onlyPart) : Optional.empty();
  }

  private static String quoted(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  private static SourceTest setUp(String source) {
    return new SourceTest(source, List.of(), names(source));
  }

  private static Set<String> names(String source) {
    return SourceWords.ofBraces(source).names();
  }
}
