package dev.mallard.lsp.source;

import dev.mallard.lsp.source.Definition.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds functions and classes in JavaScript. */
final class JavaScriptDefinitions {
  private static final int DEEPEST = 30;

  private static final String[] CLASSES = {"class_declaration", "class"};
  private static final String[] FUNCTIONS = {
    "function_declaration",
    "generator_function_declaration",
    "function_expression",
    "generator_function",
    "arrow_function",
    "method_definition"
  };

  private static final Pattern UNWRITTEN =
      Pattern.compile(
          "not\\s+(?:yet\\s+)?implemented|unimplemented|todo", Pattern.CASE_INSENSITIVE);

  private final String text;
  private final JavaScriptExamples examples;
  private final List<Definition> definitions = new ArrayList<>();

  JavaScriptDefinitions(String text, JavaScriptExamples examples) {
    this.text = text;
    this.examples = examples;
  }

  /**
   * What a statement or member defines.
   *
   * @param from where its header begins, without what exports it
   * @param value the function or class
   */
  private record Found(SyntaxNode name, int from, SyntaxNode value) {}

  /** Those among some statements, and in them. */
  List<Definition> of(List<SyntaxNode> statements) {
    find(statements, Optional.empty(), 0);
    return definitions;
  }

  private void find(List<SyntaxNode> statements, Optional<String> container, int depth) {
    Optional<SyntaxNode> before = Optional.empty();
    for (SyntaxNode statement : statements) {
      Optional<Found> found = found(statement);
      Optional<SyntaxNode> documentation =
          before.filter(comment -> isDocumentation(comment, statement));
      found.ifPresent(one -> add(statement, one, documentation, container, depth));
      before = Optional.of(statement);
    }
  }

  private boolean isDocumentation(SyntaxNode comment, SyntaxNode statement) {
    int behind = comment.end();
    int before = statement.start();
    return comment.is("comment")
        && comment.text().startsWith("/**")
        && SourceLines.isBlank(text, new Span(behind, before));
  }

  private static Optional<Found> found(SyntaxNode statement) {
    return switch (statement.type()) {
      case "export_statement" ->
          statement
              .child("declaration")
              .or(() -> statement.child("value"))
              .flatMap(JavaScriptDefinitions::found);
      case "expression_statement" ->
          statement
              .onlyPart()
              .flatMap(part ->
                  part.is("assignment_expression") ? assigned(part) : named(part, part.start()));
      case "lexical_declaration", "variable_declaration" ->
          statement
              .onlyPart()
              .flatMap(declarator ->
                  valued(declarator.child("name"), statement.start(), declarator.child("value")));
      case "field_definition" ->
          valued(statement.child("property"), statement.start(), statement.child("value"));
      default -> named(statement, statement.start());
    };
  }

  private static Optional<Found> named(SyntaxNode value, int from) {
    return valued(value.child("name"), from, Optional.of(value));
  }

  private static Optional<Found> valued(
      Optional<SyntaxNode> name, int from, Optional<SyntaxNode> value) {
    return value
        .filter(one -> one.is(FUNCTIONS) || one.is(CLASSES))
        .flatMap(one -> name.map(called -> new Found(called, from, one)));
  }

  private static Optional<Found> assigned(SyntaxNode assignment) {
    Optional<SyntaxNode> target = assignment.child("left");
    Optional<SyntaxNode> value = assignment.child("right");
    if (target.filter(left -> left.text().equals("module.exports")).isPresent()) {
      return value.flatMap(right -> named(right, right.start()));
    }
    return target
        .filter(left -> left.is("member_expression"))
        .flatMap(left -> valued(left.child("property"), assignment.start(), value));
  }

  private void add(
      SyntaxNode whole,
      Found found,
      Optional<SyntaxNode> documentation,
      Optional<String> container,
      int depth) {
    SyntaxNode value = found.value();
    boolean isClass = value.is(CLASSES);
    Optional<SyntaxNode> body = value.child("body");
    List<SyntaxNode> parts =
        body.filter(one -> one.is("statement_block", "class_body"))
            .map(SyntaxNode::parts)
            .orElse(List.of());
    int header = body.map(SyntaxNode::start).orElse(value.end());
    int start = documentation.map(SyntaxNode::start).orElse(whole.start());
    Definition definition =
        new Definition(
            found.name().text(),
            container,
            isClass ? Kind.CLASS : container.isPresent() ? Kind.METHOD : Kind.FUNCTION,
            new Span(start, whole.end()),
            found.name().span(),
            bodySpan(body, parts, header),
            SourceLines.withoutComments(
                text, new Span(found.from(), header), comments(value, header)),
            documentation.map(comment -> CommentText.of(text, comment.span())).orElse(""),
            isStub(body, parts),
            documentation.map(comment -> examples.of(comment.span())).orElse(List.of()));
    definitions.add(definition);
    if (isClass && depth < DEEPEST && body.isPresent()) {
      find(body.get().named(), Optional.of(definition.qualifiedName()), depth + 1);
    }
  }

  private static List<Span> comments(SyntaxNode value, int header) {
    return value.children().stream()
        .filter(child -> child.end() <= header)
        .filter(child -> child.is("formal_parameters", "comment"))
        .flatMap(child -> child.find(node -> node.is("comment"), node -> true).stream())
        .map(SyntaxNode::span)
        .toList();
  }

  private static Span bodySpan(Optional<SyntaxNode> body, List<SyntaxNode> parts, int header) {
    if (body.isEmpty()) {
      return new Span(header, header);
    }
    if (!body.get().is("statement_block", "class_body")) {
      return body.get().span();
    }
    if (parts.isEmpty()) {
      int place = body.get().first("{").map(SyntaxNode::end).orElse(body.get().start());
      return new Span(place, place);
    }
    return new Span(parts.getFirst().start(), parts.getLast().end());
  }

  private static boolean isStub(Optional<SyntaxNode> body, List<SyntaxNode> parts) {
    if (body.isEmpty() || body.get().has("ERROR")) {
      return false;
    }
    return body.get().is("statement_block", "class_body")
        ? parts.stream().allMatch(JavaScriptDefinitions::isNothing)
        : body.get().is("undefined", "null");
  }

  private static boolean isNothing(SyntaxNode statement) {
    return switch (statement.type()) {
      case "empty_statement" -> true;
      case "return_statement" ->
          statement.parts().stream().allMatch(part -> part.is("undefined", "null"));
      case "throw_statement" -> UNWRITTEN.matcher(statement.text()).find();
      default -> false;
    };
  }
}
