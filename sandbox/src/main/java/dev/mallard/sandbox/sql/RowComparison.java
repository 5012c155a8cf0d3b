package dev.mallard.sandbox.sql;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says whether a query gave the rows that it must give. */
final class RowComparison {
  /**
   * An order in which rows that agree stand beside each other: first by what is compared exactly,
   * then by the numbers.
   */
  private static final Comparator<List<SqlValue>> ORDER =
      Comparator.<List<SqlValue>>comparingInt(List::size)
          .thenComparing(RowComparison::compareExact)
          .thenComparing(RowComparison::compareNumbers);

  private RowComparison() {}

  /** The first difference, as a sentence for a reader; empty if there is none. */
  static Optional<String> difference(Rows actual, Rows expected, boolean ordered) {
    if (actual.width().isPresent()
        && expected.width().isPresent()
        && !actual.width().equals(expected.width())) {
      return Optional.of(
          "the query gives %s, expected %s"
              .formatted(
                  count(actual.width().getAsInt(), "column"),
                  count(expected.width().getAsInt(), "column")));
    }
    if (!actual.complete() || actual.rows().size() != expected.rows().size()) {
      return Optional.of(
          "the query gives %s%s, expected %s"
              .formatted(
                  actual.complete() ? "" : "at least ",
                  count(actual.rows().size(), "row"),
                  count(expected.rows().size(), "row")));
    }
    return ordered
        ? orderedDifference(actual.rows(), expected.rows())
        : bagDifference(actual.rows(), expected.rows());
  }

  private static Optional<String> orderedDifference(
      List<List<SqlValue>> actual, List<List<SqlValue>> expected) {
    for (int index = 0; index < actual.size(); index++) {
      if (!agree(actual.get(index), expected.get(index))) {
        return Optional.of(
            "row %d is %s, expected %s"
                .formatted(
                    index + 1, RowText.row(actual.get(index)), RowText.row(expected.get(index))));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> bagDifference(
      List<List<SqlValue>> actual, List<List<SqlValue>> expected) {
    Map<List<SqlValue>, Integer> counts = new HashMap<>();
    for (List<SqlValue> row : expected) {
      counts.merge(normalized(row), 1, Integer::sum);
    }
    List<List<SqlValue>> tooMany = new ArrayList<>();
    for (List<SqlValue> row : actual) {
      List<SqlValue> key = normalized(row);
      int left = counts.getOrDefault(key, 0);
      if (left > 0) {
        counts.put(key, left - 1);
      } else {
        tooMany.add(key);
      }
    }
    List<List<SqlValue>> missing = new ArrayList<>();
    counts.forEach((row, left) -> {
      for (int copy = 0; copy < left; copy++) {
        missing.add(row);
      }
    });
    // What is left differs, or differs by less than the tolerance.
    tooMany.sort(ORDER);
    missing.sort(ORDER);
    for (int index = 0; index < missing.size(); index++) {
      if (!agree(tooMany.get(index), missing.get(index))) {
        return Optional.of(
            "the row %s is not expected, and the row %s is missing"
                .formatted(RowText.row(tooMany.get(index)), RowText.row(missing.get(index))));
      }
    }
    return Optional.empty();
  }

  private static List<SqlValue> normalized(List<SqlValue> row) {
    return row.stream().map(SqlValue::normalized).toList();
  }

  private static boolean agree(List<SqlValue> actual, List<SqlValue> expected) {
    if (actual.size() != expected.size()) {
      return false;
    }
    for (int column = 0; column < actual.size(); column++) {
      if (!actual.get(column).agrees(expected.get(column))) {
        return false;
      }
    }
    return true;
  }

  private static int compareExact(List<SqlValue> one, List<SqlValue> other) {
    for (int column = 0; column < one.size(); column++) {
      int difference = exactKey(one.get(column)).compareTo(exactKey(other.get(column)));
      if (difference != 0) {
        return difference;
      }
    }
    return 0;
  }

  private static String exactKey(SqlValue value) {
    return value.isNumber() ? "" : value.toString();
  }

  private static int compareNumbers(List<SqlValue> one, List<SqlValue> other) {
    for (int column = 0; column < one.size(); column++) {
      int difference = Double.compare(one.get(column).number(), other.get(column).number());
      if (difference != 0) {
        return difference;
      }
    }
    return 0;
  }

  private static String count(int number, String noun) {
    return "%,d %s%s".formatted(number, noun, number == 1 ? "" : "s");
  }
}
