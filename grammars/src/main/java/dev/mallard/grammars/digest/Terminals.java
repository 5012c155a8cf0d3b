package dev.mallard.grammars.digest;

import dev.mallard.grammars.notation.Definition;
import dev.mallard.grammars.notation.Expression;
import dev.mallard.grammars.notation.GrammarText;
import dev.mallard.grammars.notation.TerminalTexts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a digest says of terminals: examples rather than long regular expressions. */
final class Terminals {
  /** Longest definition that is shown as it is, in characters. */
  private static final int LONGEST = 40;

  /** Most texts that are listed. */
  private static final int MOST_TEXTS = 24;

  private final GrammarText grammar;
  private final Remarks remarks;
  private final Map<String, TerminalTexts> texts = new HashMap<>();
  private final Map<String, Optional<List<String>>> few = new HashMap<>();

  Terminals(GrammarText grammar, Remarks remarks) {
    this.grammar = grammar;
    this.remarks = remarks;
  }

  /** The texts of a terminal, if they are few. */
  Optional<List<String>> few(String name) {
    return few.computeIfAbsent(
        name,
        _ -> {
          Definition definition = grammar.definitions().get(name);
          return definition == null ? Optional.empty() : texts(definition).all(MOST_TEXTS);
        });
  }

  /** What is shown of a terminal in its stead; empty if its definition is. */
  Optional<String> instead(Definition definition) {
    return example(definition.name())
        .or(() -> few(definition))
        .or(() ->
            isShort(definition)
                ? Optional.empty()
                : texts(definition).example().map(Terminals::exampleText));
  }

  /** As {@link #instead}, but where the whole grammar is shown. */
  Optional<String> insteadOfLong(Definition definition) {
    return isShort(definition) ? Optional.empty() : instead(definition);
  }

  /** A text that a terminal matches. */
  Optional<String> sample(Definition definition) {
    return texts(definition).example();
  }

  private Optional<String> example(String name) {
    return remarks.example(name).map(Terminals::exampleText);
  }

  private Optional<String> few(Definition definition) {
    return Expressions.hasPattern(definition.expression())
        ? few(definition.name())
            .map(all ->
                all.stream()
                    .map(Terminals::plain)
                    .collect(Collectors.joining(" ", all.size() == 1 ? "" : "one of ", "")))
        : Optional.empty();
  }

  private static boolean isShort(Definition definition) {
    return new ExpressionWriter(_ -> true, false).write(definition.expression()).length()
        <= LONGEST;
  }

  private TerminalTexts texts(Definition definition) {
    return texts.computeIfAbsent(definition.name(), _ -> TerminalTexts.of(grammar, definition));
  }

  static String exampleText(String example) {
    return "e.g. " + example;
  }

  private static String plain(String text) {
    return text.chars().allMatch(c -> c > ' ' && c < 0x7f) ? text : ExpressionWriter.quoted(text);
  }

  /** What the terminals of the layout stand for, by name. */
  static Map<String, String> layout(GrammarText grammar) {
    List<String> names = grammar.layout().stream().map(Expression.Name::name).toList();
    return switch (names.size()) {
      case 0 -> Map.of();
      case 1 -> Map.of(names.getFirst(), "a semicolon that is left out at the end of a line");
      default ->
          Map.of(
              names.getFirst(), "the end of a line",
              names.get(1), "more deeply indented lines begin",
              names.getLast(), "more deeply indented lines end");
    };
  }
}
