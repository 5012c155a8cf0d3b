package dev.mallard.lsp.source;

import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.AnnotationDeclaration;
import com.github.javaparser.ast.body.BodyDeclaration;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.stmt.BlockStmt;
import com.github.javaparser.ast.stmt.Statement;
import dev.mallard.lsp.source.Definition.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds methods and types in Java; constructors are none. */
final class JavaDefinitions {
  private static final Pattern DEFAULT =
      Pattern.compile("null|-?0|0[lLfFdD]|-?0?\\.0[fFdD]?|0\\.[fFdD]?|false|\"\"|'\\\\0'");
  private static final Pattern UNWRITTEN =
      Pattern.compile(
          "not\\s+(?:yet\\s+)?implemented|unimplemented|todo", Pattern.CASE_INSENSITIVE);

  private final JavaText java;
  private final List<Definition> definitions = new ArrayList<>();

  JavaDefinitions(JavaText java) {
    this.java = java;
  }

  /** Those of a compilation unit. */
  List<Definition> of(CompilationUnit unit) {
    unit.getTypes().forEach(type -> type(type, Optional.empty()));
    return definitions;
  }

  private void type(TypeDeclaration<?> type, Optional<String> container) {
    if (type instanceof AnnotationDeclaration || type.getName().getRange().isEmpty()) {
      return; // A file without a class around its methods has one without a name.
    }
    Span whole = java.span(type);
    int nameEnd = java.span(type.getName()).end();
    int brace = java.text().indexOf('{', nameEnd);
    int header = brace < 0 || brace > whole.end() ? whole.end() : brace;
    int body = Math.min(header + 1, whole.end());
    Span inside =
        SourceLines.stripped(java.text(), new Span(body, Math.max(body, whole.end() - 1)));
    Span members = type.getMembers().isEmpty() ? new Span(body, body) : inside;
    String name = type.getNameAsString();
    add(type, type.getName(), container, Kind.CLASS, header, members, false, List.of());
    String qualified = container.map(outer -> outer + "." + name).orElse(name);
    JavaScope scope = new JavaScope(type, qualified);
    for (BodyDeclaration<?> member : type.getMembers()) {
      if (member instanceof MethodDeclaration method) {
        method(scope, method);
      } else if (member instanceof TypeDeclaration<?> inner) {
        type(inner, Optional.of(qualified));
      }
    }
  }

  private void method(JavaScope scope, MethodDeclaration method) {
    Optional<BlockStmt> body = method.getBody();
    int end = java.span(method).end();
    int header = body.map(block -> java.span(block).start()).orElse(Math.max(0, end - 1));
    Span span = body.map(this::body).orElse(new Span(header, header));
    boolean stub = body.filter(block -> doesNothing(block.getStatements())).isPresent();
    List<SourceTest> examples =
        java.documentationBefore(java.span(method).start())
            .map(comment -> new JavaExamples(java, scope, method).of(comment))
            .orElse(List.of());
    add(
        method,
        method.getName(),
        Optional.of(scope.typeName()),
        Kind.METHOD,
        header,
        span,
        stub,
        examples);
  }

  private Span body(BlockStmt block) {
    List<Statement> statements = block.getStatements();
    if (statements.isEmpty()) {
      int place = Math.min(java.span(block).start() + 1, java.text().length());
      return new Span(place, place);
    }
    int start = java.span(statements.getFirst()).start();
    return new Span(start, Math.max(start, java.span(statements.getLast()).end()));
  }

  private void add(
      BodyDeclaration<?> declaration,
      Node name,
      Optional<String> container,
      Kind kind,
      int header,
      Span body,
      boolean stub,
      List<SourceTest> examples) {
    Span whole = java.span(declaration);
    Span named = java.span(name);
    if (named.start() < whole.start() || named.end() > whole.end()) {
      return; // The parser has guessed.
    }
    Span inner =
        new Span(
            Math.clamp(body.start(), whole.start(), whole.end()),
            Math.clamp(body.end(), whole.start(), whole.end()));
    Optional<Span> documentation = java.documentationBefore(whole.start());
    int from =
        declaration.getAnnotations().stream()
            .mapToInt(annotation -> java.span(annotation).end())
            .filter(end -> end <= java.span(name).start())
            .max()
            .orElse(whole.start());
    Span head = new Span(from, Math.max(from, header));
    definitions.add(
        new Definition(
            java.of(name),
            container,
            kind,
            new Span(documentation.map(Span::start).orElse(whole.start()), whole.end()),
            named,
            inner,
            SourceLines.withoutComments(java.text(), head, java.commentsIn(head)),
            documentation.map(comment -> CommentText.of(java.text(), comment)).orElse(""),
            stub,
            examples));
  }

  private boolean doesNothing(List<Statement> statements) {
    List<Statement> some = statements.stream().filter(one -> !one.isEmptyStmt()).toList();
    if (some.size() > 1) {
      return false;
    }
    return some.isEmpty() || isNothing(some.getFirst());
  }

  private boolean isNothing(Statement statement) {
    if (statement.isReturnStmt()) {
      Optional<Expression> value = statement.asReturnStmt().getExpression();
      return value.isEmpty() || DEFAULT.matcher(java.of(value.get())).matches();
    }
    if (!statement.isThrowStmt()) {
      return false;
    }
    String thrown = java.of(statement);
    return thrown.contains("UnsupportedOperationException") || UNWRITTEN.matcher(thrown).find();
  }
}
