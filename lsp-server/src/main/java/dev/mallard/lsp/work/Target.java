package dev.mallard.lsp.work;

import dev.mallard.generator.UserException;
import dev.mallard.generator.problem.Problem;
import dev.mallard.generator.prompt.Quoted;
import dev.mallard.lsp.source.Definition;
import dev.mallard.lsp.source.Definition.Kind;
import dev.mallard.lsp.splice.LanguageStyle;
import dev.mallard.lsp.splice.Splicer;
import dev.mallard.sandbox.GuestLanguage;
import dev.mallard.sandbox.TestSuite;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A definition that something is done with, in one version of its document.
 *
 * @param plan its tests
 */
public record Target(Analysis analysis, Definition definition, TestPlan plan) {
  /** Longest rest of the file that the model is shown, in characters. */
  private static final int LONGEST_CONTEXT = 4000;

  /**
   * The definition of a name.
   *
   * @throws UserException if there is none
   */
  static Target find(Analysis analysis, String name, TestFinder tests) {
    Definition definition =
        analysis
            .definition(name)
            .orElseThrow(() ->
                new UserException(
                    "There is no %s in this document any more: ask again where it is now."
                        .formatted(name)));
    return new Target(analysis, definition, tests.of(analysis).of(definition));
  }

  /** Whether the same is asked of a later version: neither the definition nor a test changed. */
  boolean isSameAs(Target later) {
    return definition.name().equals(later.definition.name())
        && text().equals(later.text())
        && plan.suite().equals(later.plan.suite());
  }

  String text() {
    return definition.span().of(analysis.document().text());
  }

  /** Puts programs into the file without its tests, to be run. */
  Splicer running() {
    return splicer(analysis.program());
  }

  /** Puts programs into the file as it is. */
  Splicer editing() {
    return splicer(analysis.document().text());
  }

  private Splicer splicer(String file) {
    return new Splicer(
        analysis.reader(),
        LanguageStyle.of(analysis.guest()),
        file,
        analysis.outline(),
        definition);
  }

  /** The problem to write it. */
  Problem problem() {
    StringBuilder statement = new StringBuilder(definition.documentation().strip());
    context()
        .ifPresent(rest ->
            statement.append(
                """


                It goes into this file, whose other definitions may be used and need not be repeated:

                %s\
                """
                    .formatted(rest)));
    return new Problem(
        "Write " + definition.qualifiedName(),
        statement.toString().strip(),
        Optional.of(within(definition.signature())),
        analysis.language(),
        plan.suite(),
        TestSuite.EMPTY);
  }

  /** What else the file has, tests left out; empty if that is nothing, or too much to read. */
  private Optional<String> context() {
    String file = analysis.program();
    String rest =
        (file.substring(0, definition.span().start()) + file.substring(definition.span().end()))
            .replaceAll("(?m)^[ \t]+$", "")
            .replaceAll("\n{3,}", "\n\n")
            .strip();
    return rest.isEmpty() || rest.length() > LONGEST_CONTEXT || isEmptyClass(rest)
        ? Optional.empty()
        : Optional.of(Quoted.fenced(analysis.language().label(), rest));
  }

  private static boolean isEmptyClass(String rest) {
    return rest.replaceAll("\\s", "").matches("(public|final)*class\\w+(\\{\\}|:)");
  }

  /** The definition as a program by itself, to be repaired. */
  String program() {
    return within(unindented()) + "\n";
  }

  private String unindented() {
    return text().replaceAll("(?m)^" + indentation(), "");
  }

  private String indentation() {
    String text = analysis.document().text();
    int start = definition.span().start();
    int line = text.lastIndexOf('\n', start - 1) + 1;
    return Pattern.quote(text.substring(line, start));
  }

  /** Lines of a method, in a class of the name that its own has. */
  private String within(String lines) {
    if (definition.kind() != Kind.METHOD || definition.container().isEmpty()) {
      return lines;
    }
    String outer = definition.container().get();
    String name = outer.substring(outer.lastIndexOf('.') + 1);
    String inner = lines.indent(4).stripTrailing();
    return analysis.guest() == GuestLanguage.PYTHON
        ? "class %s:\n%s".formatted(name, inner)
        : "class %s {\n%s\n}".formatted(name, inner);
  }
}
