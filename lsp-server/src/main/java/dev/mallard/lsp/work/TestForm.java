package dev.mallard.lsp.work;

import dev.mallard.generator.UserException;
import dev.mallard.lsp.source.Definition;
import dev.mallard.lsp.source.Span;
import dev.mallard.lsp.splice.Replacement;
import dev.mallard.sandbox.GuestLanguage;
import java.util.List;
import java.util.Optional;

/**
 * What tests that a model proposes look like, and where they go.
 *
 * @param language of the tests
 * @param start how a test begins
 * @param end how it ends
 */
record TestForm(GuestLanguage language, String start, String end) {

  static TestForm of(GuestLanguage language) {
    return switch (language) {
      case PYTHON -> new TestForm(language, "assert ", "");
      case JAVASCRIPT -> new TestForm(language, "console.assert(", ");");
      case JAVA -> new TestForm(language, "assert ", ";");
      case SQL ->
          throw new UserException(
              "Queries have no tests: state what they must give in the question.");
    };
  }

  /** A line that shows the form. */
  String example(Definition definition) {
    String equality = language == GuestLanguage.JAVASCRIPT ? " === " : " == ";
    return start + call(definition) + "...)" + equality + "..." + end;
  }

  private String call(Definition definition) {
    String name = language == GuestLanguage.JAVA ? definition.qualifiedName() : definition.name();
    return name + "(";
  }

  /** The test that a line of an answer is; empty if it is none of the definition. */
  Optional<String> statement(String line, Definition definition) {
    return line.startsWith(start)
            && line.endsWith(end)
            && line.contains(definition.name() + "(")
            && line.contains("==")
        ? Optional.of(line)
        : Optional.empty();
  }

  /** The edit that puts tests beside a definition. */
  Replacement insertion(Target target, List<String> tests) {
    return language == GuestLanguage.JAVA ? documented(target, tests) : below(target, tests);
  }

  private Replacement below(Target target, List<String> tests) {
    String sign = language == GuestLanguage.PYTHON ? "#" : "//";
    int end =
        target.analysis().outline().definitions().stream()
            .filter(definition -> definition.container().isEmpty())
            .map(Definition::span)
            .filter(span -> span.touches(target.definition().span().start()))
            .findFirst()
            .orElse(target.definition().span())
            .end();
    String text =
        "\n\n%s Proposed by a model: check that they are right.\n%s"
            .formatted(sign, String.join("\n", tests));
    return new Replacement(new Span(end, end), text);
  }

  /** As examples in the documentation, where tests of a method stand in Java. */
  private Replacement documented(Target target, List<String> tests) {
    String file = target.analysis().document().text();
    Span span = target.definition().span();
    int line = file.lastIndexOf('\n', span.start() - 1) + 1;
    String indentation =
        file.substring(line, span.start()).isBlank() ? file.substring(line, span.start()) : "";
    StringBuilder examples = new StringBuilder();
    for (String test : tests) {
      examples
          .append(indentation)
          .append(" * @example ")
          .append(test, start.length(), test.length() - end.length())
          .append('\n');
    }
    String text = span.of(file);
    int close = text.startsWith("/**") ? text.indexOf("*/") : -1;
    if (close >= 0) {
      int place = span.start() + text.lastIndexOf('\n', close) + 1;
      if (text.lastIndexOf('\n', close) >= 0) {
        return new Replacement(new Span(place, place), examples.toString());
      }
      place = span.start() + close;
      return new Replacement(new Span(place, place), "\n" + examples + indentation + " ");
    }
    return new Replacement(
        new Span(span.start(), span.start()),
        "/**\n" + examples + indentation + " */\n" + indentation);
  }
}
