package dev.mallard.grammars.notation;

import java.util.List;

/**
 * A rule or a terminal.
 *
 * @param isTerminal whether it is a terminal
 * @param parameters of a template, else none
 * @param priority of a terminal: where several match the same text, the highest is taken
 */
public record Definition(
    String name,
    boolean isTerminal,
    List<String> parameters,
    int priority,
    Expression expression,
    Position position) {

  /** The same of another expression. */
  Definition with(Expression other) {
    return new Definition(name, isTerminal, parameters, priority, other, position);
  }

  /** In Lark's notation, terminals have names in capitals. */
  public static boolean isTerminal(String name) {
    String letters = name.replaceFirst("^_+", "");
    return !letters.isEmpty() && Character.isUpperCase(letters.charAt(0));
  }
}
