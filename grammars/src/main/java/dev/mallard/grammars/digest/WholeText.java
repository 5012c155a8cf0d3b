package dev.mallard.grammars.digest;

import dev.mallard.grammars.notation.Definition;
import dev.mallard.grammars.notation.Expression;
import dev.mallard.grammars.notation.GrammarText;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A whole grammar in its own order with its comments, without what only helps the lexer. */
final class WholeText {
  private final ExpressionWriter writer = new ExpressionWriter(_ -> true, false);
  private final StringBuilder text = new StringBuilder();
  private final Remarks remarks;

  private WholeText(Remarks remarks) {
    this.remarks = remarks;
  }

  static String of(GrammarText grammar, Remarks remarks, Terminals terminals) {
    WholeText whole = new WholeText(remarks);
    Map<String, String> layout = Terminals.layout(grammar);
    for (Definition definition : grammar.definitions().values()) {
      whole.remark(definition.name());
      whole.line(
          definition.name(), Outline.head(definition) + whole.body(definition, terminals, layout));
    }
    for (Expression.Name declared : grammar.declared()) {
      String name = declared.name();
      whole.line(name, name + ": " + layout.getOrDefault(name, "a token of its own kind"));
    }
    if (!grammar.ignored().isEmpty()) {
      whole.remark(Remarks.IGNORED);
      whole.line(
          Remarks.IGNORED,
          grammar.ignored().stream()
              .map(whole.writer::write)
              .collect(Collectors.joining(" | ", Remarks.IGNORED + " ", "")));
    }
    whole.remark(Remarks.END);
    return whole.text.toString().strip();
  }

  private String body(Definition definition, Terminals terminals, Map<String, String> layout) {
    if (!definition.isTerminal()) {
      return writer.write(definition.expression());
    }
    return layout.containsKey(definition.name())
        ? layout.getOrDefault(definition.name(), "")
        : terminals
            .insteadOfLong(definition)
            .orElseGet(() -> writer.write(definition.expression()));
  }

  private void remark(String owner) {
    List<String> headings = remarks.before(owner);
    if (!headings.isEmpty()) {
      text.append('\n');
      headings.forEach(this::comment);
      text.append('\n');
    }
    remarks.above(owner).forEach(this::comment);
  }

  private void comment(String comment) {
    text.append(remarkText(comment)).append('\n');
  }

  /** A comment as it is written. */
  static String remarkText(String comment) {
    return ("// " + comment).strip();
  }

  private void line(String owner, String line) {
    text.append(line);
    remarks.beside(owner).ifPresent(comment -> text.append("  ").append(remarkText(comment)));
    remarks
        .example(owner)
        .filter(example -> !line.endsWith(Terminals.exampleText(example)))
        .ifPresent(example -> text.append("  ").append(remarkText(Terminals.exampleText(example))));
    text.append('\n');
  }
}
