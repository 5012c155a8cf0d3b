package dev.mallard.lsp.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.treesitter.TSLanguage;

/** Makes tests of the examples in documentation strings of Python. */
final class Doctests {
  /** Modules that an example may import; any other may be the program itself. */
  private static final Set<String> MODULES =
      Set.of(
          "bisect",
          "cmath",
          "collections",
          "copy",
          "datetime",
          "decimal",
          "fractions",
          "functools",
          "heapq",
          "itertools",
          "json",
          "math",
          "operator",
          "random",
          "re",
          "statistics",
          "string",
          "typing",
          "dataclasses",
          "enum");

  private static final Set<String> LITERALS =
      Set.of("integer", "float", "string", "true", "false", "none");
  private static final Set<String> COLLECTIONS =
      Set.of(
          "list",
          "tuple",
          "dictionary",
          "set",
          "pair",
          "unary_operator",
          "parenthesized_expression");

  private final TSLanguage language;
  private final String text;

  Doctests(TSLanguage language, String text) {
    this.language = language;
    this.text = text;
  }

  /**
   * What is typed at a prompt, and what is answered.
   *
   * @param span the prompt's lines
   */
  private record Example(Span span, String code, String expected) {}

  /** The examples in a body's documentation. */
  List<SourceTest> of(PythonBody body) {
    Optional<Span> documentation =
        body.documentationText().filter(span -> span.of(text).contains(">>>"));
    if (documentation.isEmpty()) {
      return List.of();
    }
    return examples(documentation.get(), body.isRaw()).stream()
        .flatMap(example -> test(example).stream())
        .toList();
  }

  private List<Example> examples(Span documentation, boolean raw) {
    List<Example> examples = new ArrayList<>();
    List<Span> lines = SourceLines.in(text, documentation);
    int index = 0;
    while (index < lines.size()) {
      Span line = SourceLines.stripped(text, lines.get(index++));
      if (!isPrompt(line, ">>>")) {
        continue;
      }
      int end = line.end();
      StringBuilder code = new StringBuilder(afterPrompt(line, raw));
      while (index < lines.size()
          && isPrompt(SourceLines.stripped(text, lines.get(index)), "...")) {
        Span more = SourceLines.stripped(text, lines.get(index++));
        code.append('\n').append(afterPrompt(more, raw));
        end = more.end();
      }
      List<String> expected = new ArrayList<>();
      int indentation = line.start() - SourceLines.start(text, line.start());
      while (index < lines.size()
          && !lines.get(index).of(text).isBlank()
          && !isPrompt(SourceLines.stripped(text, lines.get(index)), ">>>")) {
        String answer = lines.get(index++).of(text).stripTrailing();
        int blanks = answer.length() - answer.stripLeading().length();
        expected.add(unescaped(answer.substring(Math.min(blanks, indentation)), raw));
      }
      examples.add(
          new Example(
              new Span(line.start(), end), code.toString().strip(), String.join("\n", expected)));
    }
    return examples;
  }

  private boolean isPrompt(Span line, String prompt) {
    return text.startsWith(prompt, line.start())
        && line.end() >= line.start() + prompt.length()
        && (line.end() == line.start() + prompt.length()
            || text.charAt(line.start() + prompt.length()) == ' ');
  }

  private String afterPrompt(Span line, boolean raw) {
    int start = Math.min(line.end(), line.start() + 4);
    return unescaped(text.substring(start, line.end()), raw);
  }

  private static String unescaped(String line, boolean raw) {
    return raw
        ? line
        : line.replace("\\\\", "\0").replace("\\\"", "\"").replace("\\'", "'").replace('\0', '\\');
  }

  private Optional<SourceTest> test(Example example) {
    String code = example.code();
    if (code.isEmpty()
        || example.expected().startsWith("Traceback (")
        || example.expected().contains("<BLANKLINE>")
        || code.contains("# doctest:")) {
      return Optional.empty();
    }
    if (example.expected().isEmpty()) {
      return setUp(code);
    }
    try (SyntaxTree tree = SyntaxTree.of(language, code);
        SyntaxTree answer = SyntaxTree.of(language, example.expected())) {
      return expression(tree)
          .map(asked -> assertion(asked, example.expected(), expression(answer)))
          .map(source -> new SourceTest(source, List.of(example.span()), names(source)));
    }
  }

  private Optional<SourceTest> setUp(String code) {
    try (SyntaxTree tree = SyntaxTree.of(language, code)) {
      boolean foreign =
          tree.statements().stream()
              .filter(PythonImports::isImport)
              .anyMatch(statement -> !MODULES.containsAll(PythonImports.modules(statement)));
      return foreign || tree.root().find(node -> node.is("ERROR"), node -> true).size() > 0
          ? Optional.empty()
          : Optional.of(new SourceTest(code, List.of(), names(code)));
    }
  }

  private static String assertion(SyntaxNode asked, String answer, Optional<SyntaxNode> literal) {
    Optional<String> printed = printed(asked);
    if (printed.isPresent()) {
      return "assert str(" + printed.get() + ") == " + quoted(answer);
    }
    boolean simple =
        asked.is(
            "call", "identifier", "attribute", "subscript", "binary_operator", "list", "tuple");
    String expression = simple ? asked.text() : "(" + asked.text() + ")";
    return literal.filter(Doctests::isLiteral).isPresent()
        ? "assert " + expression + " == " + literal.get().text()
        : "assert repr(" + asked.text() + ") == " + quoted(answer);
  }

  private static Optional<String> printed(SyntaxNode asked) {
    boolean prints =
        asked.is("call")
            && asked.child("function").filter(name -> name.text().equals("print")).isPresent();
    return prints
        ? asked
            .child("arguments")
            .flatMap(SyntaxNode::onlyPart)
            .filter(argument -> !argument.is("keyword_argument", "list_splat"))
            .map(SyntaxNode::text)
        : Optional.empty();
  }

  private static Optional<SyntaxNode> expression(SyntaxTree tree) {
    return tree.root()
        .onlyPart()
        .filter(statement -> statement.is("expression_statement"))
        .flatMap(SyntaxNode::onlyPart)
        .filter(part -> !part.is("assignment", "augmented_assignment"))
        .filter(part -> part.find(node -> node.is("ERROR"), node -> true).isEmpty());
  }

  private static boolean isLiteral(SyntaxNode expression) {
    return expression
        .find(node -> node.isNamed() && !COLLECTIONS.contains(node.type()), node -> true)
        .stream()
        .allMatch(node -> LITERALS.contains(node.type()));
  }

  /** A string of Python with this text. */
  static String quoted(String value) {
    return value
        .chars()
        .mapToObj(character ->
            switch (character) {
              case '\\' -> "\\\\";
              case '\'' -> "\\'";
              case '\n' -> "\\n";
              case '\r' -> "\\r";
              default -> Character.toString((char) character);
            })
        .collect(Collectors.joining("", "'", "'"));
  }

  private static Set<String> names(String source) {
    return SourceWords.ofPython(source).names();
  }
}
