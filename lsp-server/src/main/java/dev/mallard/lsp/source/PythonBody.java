package dev.mallard.lsp.source;

import java.util.List;
import java.util.Optional;

/**
 * Statements of a module, class or function.
 *
 * @param documentation the string that documents it
 * @param statements the others, without comments
 */
record PythonBody(Optional<SyntaxNode> documentation, List<SyntaxNode> statements) {
  PythonBody {
    statements = List.copyOf(statements);
  }

  /** Tells the documentation from the statements. */
  static PythonBody of(List<SyntaxNode> nodes) {
    List<SyntaxNode> statements = nodes.stream().filter(node -> !node.is("comment")).toList();
    Optional<SyntaxNode> documentation =
        statements.stream().limit(1).flatMap(first -> string(first).stream()).findFirst();
    return new PythonBody(
        documentation,
        documentation.isPresent() ? statements.subList(1, statements.size()) : statements);
  }

  private static Optional<SyntaxNode> string(SyntaxNode statement) {
    return statement.is("expression_statement")
        ? statement.onlyPart().filter(part -> part.is("string"))
        : Optional.empty();
  }

  /** Where the documentation is, with its quotes. */
  Optional<Span> documentationSpan() {
    return documentation.map(SyntaxNode::span);
  }

  /** Where the text of the documentation is, within its quotes. */
  Optional<Span> documentationText() {
    return documentation.map(string -> {
      int start = string.first("string_start").map(SyntaxNode::end).orElse(string.start());
      int end = string.first("string_end").map(SyntaxNode::start).orElse(string.end());
      return new Span(start, Math.max(start, end));
    });
  }

  /** Whether the documentation's backslashes stand for themselves. */
  boolean isRaw() {
    return documentation
        .flatMap(string -> string.first("string_start"))
        .map(SyntaxNode::text)
        .filter(start -> start.contains("r") || start.contains("R"))
        .isPresent();
  }

  /** Whether nothing is done. */
  boolean doesNothing() {
    return statements.stream().allMatch(PythonBody::isNothing);
  }

  private static boolean isNothing(SyntaxNode statement) {
    return switch (statement.type()) {
      case "pass_statement" -> true;
      case "expression_statement" ->
          statement.onlyPart().filter(part -> part.is("ellipsis", "string")).isPresent();
      case "raise_statement" ->
          statement
              .onlyPart()
              .map(part -> part.is("call") ? part.child("function").orElse(part) : part)
              .filter(raised -> raised.text().equals("NotImplementedError"))
              .isPresent();
      default -> false;
    };
  }
}
