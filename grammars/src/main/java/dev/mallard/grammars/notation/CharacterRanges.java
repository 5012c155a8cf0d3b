package dev.mallard.grammars.notation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Classes of characters as expressions: a range, or an either of ranges. */
final class CharacterRanges {
  private CharacterRanges() {}

  /**
   * The characters of some ranges, or all others. Halves of surrogate pairs are left out, since no
   * text in UTF-8 has one.
   */
  static Expression of(List<Expression.Range> ranges, boolean negative, Position position) {
    List<Expression.Range> merged = merge(ranges);
    List<Expression.Range> left = new ArrayList<>();
    for (Expression.Range range : negative ? complement(merged, position) : merged) {
      add(left, range.first(), Math.min(range.last(), Character.MIN_SURROGATE - 1), position);
      add(left, Math.max(range.first(), Character.MAX_SURROGATE + 1), range.last(), position);
    }
    if (left.isEmpty()) {
      throw position.error("the class contains no character");
    }
    return left.size() == 1 ? left.getFirst() : new Expression.Either(List.copyOf(left), position);
  }

  /** The ranges of a class of characters in their order, without overlap; none of anything else. */
  static List<Expression.Range> in(Expression expression) {
    return switch (expression) {
      case Expression.Range range -> List.of(range);
      case Expression.Either either
          when either.parts().stream().allMatch(Expression.Range.class::isInstance) ->
          merge(either.parts().stream().map(Expression.Range.class::cast).toList());
      default -> List.of();
    };
  }

  private static List<Expression.Range> merge(List<Expression.Range> ranges) {
    List<Expression.Range> merged = new ArrayList<>();
    for (Expression.Range range :
        ranges.stream().sorted(Comparator.comparingInt(Expression.Range::first)).toList()) {
      if (!merged.isEmpty() && merged.getLast().last() >= range.first() - 1) {
        Expression.Range before = merged.removeLast();
        merged.add(
            new Expression.Range(
                before.first(), Math.max(before.last(), range.last()), before.position()));
      } else {
        merged.add(range);
      }
    }
    return merged;
  }

  private static List<Expression.Range> complement(
      List<Expression.Range> ranges, Position position) {
    List<Expression.Range> rest = new ArrayList<>();
    int from = 0;
    for (Expression.Range range : ranges) {
      add(rest, from, range.first() - 1, position);
      from = range.last() + 1;
    }
    add(rest, from, Character.MAX_CODE_POINT, position);
    return rest;
  }

  private static void add(List<Expression.Range> ranges, int first, int last, Position position) {
    if (first <= last) {
      ranges.add(new Expression.Range(first, last, position));
    }
  }
}
