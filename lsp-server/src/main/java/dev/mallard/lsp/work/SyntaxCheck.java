package dev.mallard.lsp.work;

import dev.mallard.generator.problem.Language;
import dev.mallard.grammars.GrammarSource;
import dev.mallard.grammars.digest.GrammarDigest;
import dev.mallard.grammars.digest.Surroundings;
import dev.mallard.grammars.parse.Grammar;
import dev.mallard.lsp.document.TextDocument;
import dev.mallard.lsp.source.Span;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.lsp4j.DiagnosticSeverity;

/**
 * Finds where a text leaves its language, by Mallard's grammars. Only what the language's other
 * parser, which is kinder to what is being typed, does not take either is shown: a grammar that
 * lacks a rare construct must not make correct programs look wrong. May be used by several threads.
 */
public final class SyntaxCheck {
  /** Longest text that is checked, in UTF-16 code units. */
  private static final int LONGEST = 200_000;

  private static final int MOST_EXPECTED = 4;

  private final Map<GrammarSource, Checker> checkers = new ConcurrentHashMap<>();

  /** What is wrong with a document's syntax: nothing, or the first thing. */
  public List<DiagnosticsBoard.Remark> check(Analysis analysis) {
    TextDocument document = analysis.document();
    Optional<GrammarSource> grammar = Optional.of(analysis.language()).flatMap(Language::grammar);
    if (grammar.isEmpty()
        || document.text().isBlank()
        || document.text().length() > LONGEST
        || analysis.reader().parses(document.text())) {
      return List.of();
    }
    return checkers
        .computeIfAbsent(grammar.get(), Checker::new)
        .around(document.text())
        .map(around -> remark(document, around))
        .stream()
        .toList();
  }

  /** A grammar, which only one thread may use at a time. */
  private static final class Checker {
    private final GrammarSource source;
    private Optional<Grammar> compiled = Optional.empty();
    private final GrammarDigest digest;

    Checker(GrammarSource source) {
      this.source = source;
      digest = GrammarDigest.of(source);
    }

    synchronized Optional<Surroundings> around(String text) {
      Grammar grammar = compiled.orElseGet(source::compile);
      compiled = Optional.of(grammar);
      return digest.around(grammar, text, 0, String::length);
    }
  }

  private static DiagnosticsBoard.Remark remark(TextDocument document, Surroundings around) {
    Span line = document.lineContent(around.line() - 1);
    Span place = line;
    if (!around.found().isEmpty() && !around.found().equals(Surroundings.LINE_END)) {
      int found = document.text().indexOf(around.found(), start(document, around));
      if (found >= 0 && found <= line.end()) {
        place = new Span(found, found + around.found().length());
      }
    }
    String what =
        around.found().isEmpty()
            ? "The text ends too early"
            : around.found().equals(Surroundings.LINE_END)
                ? "The line ends too early"
                : "\"%s\" cannot stand here".formatted(around.found());
    List<String> expected = around.expected().stream().limit(MOST_EXPECTED).toList();
    String message =
        expected.isEmpty()
            ? what + "."
            : "%s; what could: %s.".formatted(what, String.join(", ", expected));
    return new DiagnosticsBoard.Remark(place, DiagnosticSeverity.Error, message);
  }

  /** The place of a column, which counts characters from 1. */
  private static int start(TextDocument document, Surroundings around) {
    Span content = document.lineContent(around.line() - 1);
    String text = document.text();
    int line = Math.max(text.lastIndexOf('\n', content.start() - 1), -1) + 1;
    int characters = text.codePointCount(line, content.end());
    return text.offsetByCodePoints(line, Math.min(around.column() - 1, characters));
  }
}
