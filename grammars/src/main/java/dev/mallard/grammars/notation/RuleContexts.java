package dev.mallard.grammars.notation;

import java.util.List;

/**
 * Where some parts of a grammar may stand.
 *
 * @param contexts what is allowed within a rule, and nowhere else but where it is allowed as well
 * @param afresh rules within which nothing counts as being within what is around them
 */
public record RuleContexts(List<Context> contexts, List<Expression.Name> afresh) {
  static final RuleContexts NONE = new RuleContexts(List.of(), List.of());

  /**
   * A rule, and what may stand within it.
   *
   * @param parts texts, rules and terminals
   */
  public record Context(Expression.Name rule, List<Expression> parts) {}
}
