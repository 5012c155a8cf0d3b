package dev.mallard.grammars.digest;

import dev.mallard.grammars.notation.Expression;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Writes expressions in a compact form. A name of something that is not shown is followed by {@link
 * #OMITTED}.
 *
 * @param shown whether something of a name is shown
 * @param plainCase whether texts in both cases are written like others
 */
record ExpressionWriter(Predicate<String> shown, boolean plainCase) {
  static final String OMITTED = "...";

  String write(Expression expression) {
    return switch (expression) {
      case Expression.Name name -> name(name.name());
      case Expression.Call call ->
          name(call.name())
              + call.arguments().stream()
                  .map(this::write)
                  .collect(Collectors.joining(", ", "<", ">"));
      case Expression.Literal literal ->
          quoted(literal.text()) + (literal.anyCase() && !plainCase ? "i" : "");
      case Expression.Range range ->
          quoted(Character.toString(range.first()))
              + ".."
              + quoted(Character.toString(range.last()));
      case Expression.Pattern pattern -> "/" + pattern.regex() + "/" + pattern.flags();
      case Expression.Sequence sequence -> sequence(sequence.parts());
      case Expression.Either either ->
          either.parts().stream().map(this::write).collect(Collectors.joining(" | "));
      case Expression.Repeat repeat -> repeat(repeat);
    };
  }

  private String name(String name) {
    return shown.test(name) ? name : name + OMITTED;
  }

  private String sequence(List<Expression> parts) {
    return parts.stream()
        .map(part -> part instanceof Expression.Either ? "(" + write(part) + ")" : write(part))
        .collect(Collectors.joining(" "));
  }

  private String repeat(Expression.Repeat repeat) {
    String inner = write(repeat.of());
    if (repeat.least() == 0 && repeat.most() == 1) {
      return "[" + inner + "]";
    }
    boolean compound =
        repeat.of() instanceof Expression.Either || repeat.of() instanceof Expression.Sequence;
    String times =
        repeat.most() < 0
            ? repeat.least() == 0 ? "*" : "+"
            : repeat.least() == repeat.most()
                ? "~" + repeat.least()
                : "~" + repeat.least() + ".." + repeat.most();
    return (compound ? "(" + inner + ")" : inner) + times;
  }

  /** A text between quotes, as simple as they may be. */
  static String quoted(String text) {
    String escaped =
        text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t");
    return escaped.contains("\"") && !escaped.contains("'")
        ? "'" + escaped + "'"
        : "\"" + escaped.replace("\"", "\\\"") + "\"";
  }
}
