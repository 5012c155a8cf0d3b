package dev.mallard.grammars.notation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Makes terminals of a grammar whose terminals are single characters. Its classes may overlap, and
 * a lexer would not know which of them it has read. So the characters are divided into the largest
 * sets that no class cuts in two, the atoms; each is a terminal, and a class is any of its atoms.
 */
final class CharacterAtoms {
  /** Atoms of all classes together, beyond one of each. */
  private static final int MOST_PARTS = 100_000;

  /** Steps of the division. */
  private static final long MOST_STEPS = 5_000_000;

  /** The classes, by first and last characters of their ranges. */
  private final Map<List<Integer>, List<Expression.Range>> classes = new LinkedHashMap<>();

  /** The first characters of intervals that no class cuts in two. */
  private int[] starts = {};

  /** The number of each interval's atom. */
  private int[] atomOf = {};

  /** By number; what is in no class is atom 0. */
  private final List<Expression> atoms = new ArrayList<>();

  private long steps;
  private long parts;

  private CharacterAtoms() {}

  /** The rules, with patterns of atoms in place of ranges. */
  static Map<String, Definition> divide(Map<String, Definition> definitions) {
    CharacterAtoms atoms = new CharacterAtoms();
    definitions.values().forEach(definition -> atoms.collect(definition.expression()));
    atoms.cut();
    Map<String, Definition> divided = new LinkedHashMap<>();
    definitions.forEach((name, definition) ->
        divided.put(name, definition.with(atoms.rewrite(definition.expression()))));
    return divided;
  }

  private void collect(Expression expression) {
    List<Expression.Range> ranges = CharacterRanges.in(expression);
    if (!ranges.isEmpty()) {
      classes.putIfAbsent(key(ranges), ranges);
      return;
    }
    switch (expression) {
      case Expression.Sequence s -> s.parts().forEach(this::collect);
      case Expression.Either e -> e.parts().forEach(this::collect);
      case Expression.Repeat r -> collect(r.of());
      default -> {}
    }
  }

  private static List<Integer> key(List<Expression.Range> ranges) {
    List<Integer> key = new ArrayList<>();
    for (Expression.Range range : ranges) {
      key.add(range.first());
      key.add(range.last());
    }
    return key;
  }

  private void cut() {
    TreeSet<Integer> cuts = new TreeSet<>();
    for (List<Expression.Range> ranges : classes.values()) {
      for (Expression.Range range : ranges) {
        cuts.add(range.first());
        cuts.add(range.last() + 1);
      }
    }
    starts = cuts.stream().mapToInt(Integer::intValue).toArray();
    atomOf = new int[starts.length];
    int count = 1;
    for (List<Expression.Range> ranges : classes.values()) {
      Map<Integer, Integer> within = new HashMap<>();
      for (int interval : intervals(ranges)) {
        Integer atom = within.get(atomOf[interval]);
        if (atom == null) {
          atom = count++;
          within.put(atomOf[interval], atom);
        }
        atomOf[interval] = atom;
      }
    }
    addAtoms(count);
  }

  private List<Integer> intervals(List<Expression.Range> ranges) {
    List<Integer> intervals = new ArrayList<>();
    for (Expression.Range range : ranges) {
      int from = Arrays.binarySearch(starts, range.first());
      for (int i = from; i < starts.length && starts[i] <= range.last(); i++) {
        intervals.add(i);
      }
    }
    steps += intervals.size();
    if (steps > MOST_STEPS) {
      throw ranges.getFirst().position().error("the grammar has too many classes of characters");
    }
    return intervals;
  }

  private Expression rewrite(Expression expression) {
    List<Expression.Range> ranges = CharacterRanges.in(expression);
    if (!ranges.isEmpty()) {
      return ofClass(ranges, expression.position());
    }
    return switch (expression) {
      case Expression.Sequence s ->
          new Expression.Sequence(s.parts().stream().map(this::rewrite).toList(), s.position());
      case Expression.Either e ->
          new Expression.Either(e.parts().stream().map(this::rewrite).toList(), e.position());
      case Expression.Repeat r ->
          new Expression.Repeat(rewrite(r.of()), r.least(), r.most(), r.position());
      default -> expression;
    };
  }

  private Expression ofClass(List<Expression.Range> ranges, Position position) {
    TreeSet<Integer> numbers = new TreeSet<>();
    intervals(ranges).forEach(interval -> numbers.add(atomOf[interval]));
    parts += numbers.size() - 1;
    if (parts > MOST_PARTS) {
      throw position.error("the grammar has too many classes of characters");
    }
    List<Expression> of = numbers.stream().map(atoms::get).toList();
    return of.size() == 1 ? of.getFirst() : new Expression.Either(of, position);
  }

  private void addAtoms(int count) {
    List<StringBuilder> patterns = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      patterns.add(new StringBuilder());
    }
    for (int i = 0; i < starts.length - 1; i++) {
      append(patterns.get(atomOf[i]), starts[i], starts[i + 1] - 1);
    }
    for (StringBuilder pattern : patterns) {
      atoms.add(new Expression.Pattern("[" + pattern + "]", "", new Position(1, 1)));
    }
  }

  private static void append(StringBuilder pattern, int first, int last) {
    pattern.append(quote(first));
    if (last > first) {
      pattern.append(last > first + 1 ? "-" : "").append(quote(last));
    }
  }

  private static String quote(int point) {
    return GbnfCursor.isWord(point) && point != '-'
        ? Character.toString(point)
        : "\\U%08x".formatted(point);
  }
}
