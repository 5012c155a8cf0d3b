package dev.mallard.lsp.source;

import dev.mallard.lsp.source.Definition.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds functions and classes in Python. */
final class PythonDefinitions {
  /** Classes that lie deeper in one another are not looked at. */
  private static final int DEEPEST = 30;

  private final String text;
  private final Doctests doctests;
  private final List<Definition> definitions = new ArrayList<>();

  PythonDefinitions(String text, Doctests doctests) {
    this.text = text;
    this.doctests = doctests;
  }

  /** Those among some statements, and in them. */
  List<Definition> of(List<SyntaxNode> statements) {
    find(statements, Optional.empty(), 0);
    return definitions;
  }

  /** What a decorated definition defines. */
  static SyntaxNode undecorated(SyntaxNode statement) {
    return statement.is("decorated_definition")
        ? statement.child("definition").orElse(statement)
        : statement;
  }

  private void find(List<SyntaxNode> statements, Optional<String> container, int depth) {
    for (SyntaxNode statement : statements) {
      SyntaxNode inner = undecorated(statement);
      Optional<SyntaxNode> name = inner.child("name");
      if (!inner.is("function_definition", "class_definition") || name.isEmpty()) {
        continue;
      }
      Definition definition = definition(statement, inner, name.get(), container);
      definitions.add(definition);
      Optional<SyntaxNode> body = inner.child("body");
      if (definition.kind() == Kind.CLASS && depth < DEEPEST && body.isPresent()) {
        find(body.get().named(), Optional.of(definition.qualifiedName()), depth + 1);
      }
    }
  }

  private Definition definition(
      SyntaxNode whole, SyntaxNode inner, SyntaxNode name, Optional<String> container) {
    boolean isClass = inner.is("class_definition");
    PythonBody body = PythonBody.of(inner.child("body").map(SyntaxNode::named).orElse(List.of()));
    int header = headerEnd(inner);
    boolean broken = inner.has("ERROR");
    List<Span> comments =
        inner.children().stream()
            .filter(child -> child.end() <= header && child.is("parameters", "comment"))
            .flatMap(child -> child.find(node -> node.is("comment"), node -> true).stream())
            .map(SyntaxNode::span)
            .toList();
    String documentation =
        body.documentationText().map(span -> SourceLines.dedented(span.of(text))).orElse("");
    return new Definition(
        name.text(),
        container,
        isClass ? Kind.CLASS : container.isPresent() ? Kind.METHOD : Kind.FUNCTION,
        whole.span(),
        name.span(),
        broken ? brokenBody(inner, header) : bodySpan(body, header),
        SourceLines.withoutComments(text, new Span(inner.start(), header), comments),
        documentation,
        !broken && body.doesNothing() && !isAbstract(whole),
        doctests.of(body));
  }

  private static int headerEnd(SyntaxNode definition) {
    int body = definition.child("body").map(SyntaxNode::start).orElse(definition.end());
    return definition.children().stream()
        .filter(child -> child.is(":") && child.end() <= body)
        .reduce((first, last) -> last)
        .map(SyntaxNode::end)
        .orElse(body);
  }

  private static Span bodySpan(PythonBody body, int header) {
    if (body.statements().isEmpty()) {
      int place = body.documentationSpan().map(Span::end).orElse(header);
      return new Span(place, place);
    }
    return new Span(body.statements().getFirst().start(), body.statements().getLast().end());
  }

  private Span brokenBody(SyntaxNode definition, int header) {
    Span body = SourceLines.stripped(text, new Span(header, definition.end()));
    return body.start() == body.end() ? new Span(header, header) : body;
  }

  private static boolean isAbstract(SyntaxNode statement) {
    return statement.children().stream()
        .filter(child -> child.is("decorator"))
        .map(SyntaxNode::text)
        .anyMatch(text -> text.contains("abstractmethod") || text.contains("overload"));
  }
}
