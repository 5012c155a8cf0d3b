package dev.mallard.lsp.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Translates a statement of tests: what pytest and unittest are called for becomes asserts. */
final class PythonTestText {
  private static final int DEEPEST = 60;

  private static final Set<String> COMPOUND =
      Set.of(
          "block",
          "if_statement",
          "elif_clause",
          "else_clause",
          "for_statement",
          "while_statement",
          "try_statement",
          "except_clause",
          "except_group_clause",
          "finally_clause",
          "with_statement",
          "function_definition",
          "match_statement",
          "case_clause");

  private final String text;
  private final SyntaxNode whole;
  private final Set<String> methods;
  private final TextEdits edits = new TextEdits();
  private final List<Span> assertions = new ArrayList<>();

  /** What is found that has no translation. */
  private static final class UntranslatableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UntranslatableException() {
      super("there is no translation", null, false, false);
    }
  }

  /**
   * A statement as the sandbox takes it.
   *
   * @param source from the first column on
   * @param assertions where those that count stand in the file
   */
  record Translated(String source, List<Span> assertions) {
    Translated {
      assertions = List.copyOf(assertions);
    }
  }

  private PythonTestText(String text, SyntaxNode whole, Set<String> methods) {
    this.text = text;
    this.whole = whole;
    this.methods = methods;
  }

  /**
   * Translates a statement.
   *
   * @param methods names that mean methods of the class of tests, which cannot be called
   * @return empty if the statement cannot be translated
   */
  static Optional<Translated> translate(String text, SyntaxNode whole, Set<String> methods) {
    try {
      PythonTestText translation = new PythonTestText(text, whole, methods);
      translation.visit(whole, false, 0);
      return Optional.of(new Translated(translation.source(), translation.assertions));
    } catch (UntranslatableException e) {
      return Optional.empty();
    }
  }

  private String source() {
    String indentation = SourceLines.indentation(text, whole.start());
    if (!indentation.isEmpty()) {
      List<Span> strings =
          whole.find(node -> node.is("string"), node -> true).stream()
              .map(SyntaxNode::span)
              .toList();
      int string = 0;
      for (Span line : SourceLines.in(text, whole.span())) {
        while (string < strings.size() && strings.get(string).end() <= line.start()) {
          string++;
        }
        boolean inString = string < strings.size() && strings.get(string).start() < line.start();
        if (!inString && line.start() > whole.start()) {
          edits.replace(new Span(line.start(), line.start() + common(line, indentation)), "");
        }
      }
    }
    return edits.apply(text, whole.span()).replace("\r\n", "\n");
  }

  private int common(Span line, String indentation) {
    int length = 0;
    while (length < indentation.length()
        && line.start() + length < line.end()
        && text.charAt(line.start() + length) == indentation.charAt(length)) {
      length++;
    }
    return length;
  }

  private void visit(SyntaxNode node, boolean tried, int depth) {
    if (depth > DEEPEST || node.is("ERROR")) {
      throw new UntranslatableException();
    }
    switch (node.type()) {
      case "assert_statement" -> assertion(node, tried);
      case "expression_statement" -> expression(node, tried);
      case "with_statement" -> with(node, tried, depth);
      case "comment" -> {}
      default -> {
        if (!COMPOUND.contains(node.type())) {
          needsNoFramework(node);
          return;
        }
        boolean function = node.is("function_definition");
        for (SyntaxNode child : node.named()) {
          boolean body = node.is("try_statement") && child.is("block");
          if (COMPOUND.contains(child.type()) || node.is("block")) {
            visit(child, body || (tried && !function), depth + 1);
          } else {
            needsNoFramework(child);
          }
        }
      }
    }
  }

  private void needsNoFramework(SyntaxNode node) {
    String source = node.text();
    if (source.contains("pytest.") || source.contains("self.")) {
      boolean framework =
          node.find(this::isOfFramework, part -> !part.is("string")).stream().findAny().isPresent();
      if (framework) {
        throw new UntranslatableException();
      }
    }
  }

  private boolean isOfFramework(SyntaxNode node) {
    if (!node.is("attribute")) {
      return false;
    }
    String object = node.child("object").map(SyntaxNode::text).orElse("");
    String name = node.child("attribute").map(SyntaxNode::text).orElse("");
    return object.equals("pytest")
        || (object.equals("self")
            && (name.startsWith("assert")
                || Set.of("fail", "subTest", "skipTest", "addCleanup").contains(name)
                || methods.contains(name)));
  }

  private void counts(Span assertion, boolean tried) {
    if (!tried) {
      assertions.add(assertion);
    }
  }

  private void assertion(SyntaxNode node, boolean tried) {
    PythonAssertions.approximate(node)
        .ifPresentOrElse(
            replacement -> edits.replace(node.span(), replacement), () -> needsNoFramework(node));
    counts(node.span(), tried);
  }

  private void expression(SyntaxNode node, boolean tried) {
    Optional<SyntaxNode> call = node.onlyPart().filter(part -> part.is("call"));
    Optional<PythonAssertions> assertion = call.flatMap(PythonAssertions::of);
    if (assertion.isEmpty()) {
      needsNoFramework(node);
      return;
    }
    call.flatMap(one -> one.child("arguments")).ifPresent(this::needsNoFramework);
    if (assertion.get().isRaises()) {
      String raising = assertion.get().call().orElseThrow(UntranslatableException::new);
      String indentation = ownIndentation(node);
      edits.replace(
          node.span(), "try:\n    " + indentation + raising + raised(assertion.get(), indentation));
      counts(node.span(), tried);
      return;
    }
    Optional<String> statement = assertion.get().statement();
    edits.replace(node.span(), statement.orElse("pass"));
    if (statement.isPresent()) {
      counts(node.span(), tried);
    }
  }

  private void with(SyntaxNode node, boolean tried, int depth) {
    Optional<SyntaxNode> body = node.child("body");
    Optional<PythonAssertions> assertion =
        node.first("with_clause")
            .flatMap(SyntaxNode::onlyPart)
            .flatMap(SyntaxNode::onlyPart)
            .filter(value -> value.is("call"))
            .flatMap(PythonAssertions::of)
            .filter(PythonAssertions::isRaises);
    if (assertion.isEmpty() || body.isEmpty()) {
      node.first("with_clause").ifPresent(this::needsNoFramework);
      body.ifPresent(block -> visit(block, tried, depth + 1));
      return;
    }
    String indentation = ownIndentation(node);
    int header =
        node.first("with_clause").map(SyntaxNode::end).orElseThrow(UntranslatableException::new);
    edits.replace(new Span(node.start(), header), "try");
    visit(body.get(), true, depth + 1);
    edits.insert(node.end(), raised(assertion.get(), indentation));
    counts(new Span(node.start(), header), tried);
  }

  /** How far a statement is indented beyond the whole. */
  private String ownIndentation(SyntaxNode node) {
    String indentation = SourceLines.indentation(text, node.start());
    String common = SourceLines.indentation(text, whole.start());
    if (!SourceLines.isFirst(text, node.start()) || !indentation.startsWith(common)) {
      throw new UntranslatableException();
    }
    return indentation.substring(common.length());
  }

  private static String raised(PythonAssertions assertion, String indentation) {
    String exception = assertion.arguments().getFirst();
    return """

    except %s:
        raised = True
    else:
        raised = False
    assert raised, %s\
    """
        .formatted(exception, Doctests.quoted(exception + " was not raised"))
        .replace("\n", "\n" + indentation);
  }
}
