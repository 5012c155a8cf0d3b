package dev.mallard.sandbox.runner;

import dev.mallard.sandbox.DataValue;
import dev.mallard.sandbox.DataValue.Bool;
import dev.mallard.sandbox.DataValue.Mapping;
import dev.mallard.sandbox.DataValue.Null;
import dev.mallard.sandbox.DataValue.Real;
import dev.mallard.sandbox.DataValue.Sequence;
import dev.mallard.sandbox.DataValue.Text;
import dev.mallard.sandbox.DataValue.Whole;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a method returned with what it must return, by structure: no {@code equals} of the
 * program's takes part.
 */
final class DataMatcher {
  private final double tolerance;

  DataMatcher(double tolerance) {
    this.tolerance = tolerance;
  }

  boolean matches(@Nullable Object wrapped, DataValue expected) {
    @Nullable Object actual = unwrapped(wrapped);
    return switch (expected) {
      case Null() -> actual == null;
      case Bool(boolean bool) -> actual instanceof Boolean value && value == bool;
      case Whole(BigInteger whole) -> number(actual, new BigDecimal(whole));
      case Real(double real) -> number(actual, new BigDecimal(Double.toString(real)));
      case Text(String text) -> text(actual, text);
      case Sequence(List<DataValue> elements) -> sequence(actual, elements);
      case Mapping(Map<String, DataValue> entries) -> mapping(actual, entries);
    };
  }

  private static @Nullable Object unwrapped(@Nullable Object value) {
    return switch (value) {
      case Optional<?> optional -> optional.orElse(null);
      case OptionalInt optional -> optional.isPresent() ? optional.getAsInt() : null;
      case OptionalLong optional -> optional.isPresent() ? optional.getAsLong() : null;
      case OptionalDouble optional -> optional.isPresent() ? optional.getAsDouble() : null;
      case null, default -> value;
    };
  }

  private boolean number(@Nullable Object actual, BigDecimal expected) {
    return switch (actual) {
      case Byte value -> exactly(BigDecimal.valueOf(value), expected);
      case Short value -> exactly(BigDecimal.valueOf(value), expected);
      case Integer value -> exactly(BigDecimal.valueOf(value), expected);
      case Long value -> exactly(BigDecimal.valueOf(value), expected);
      case Float value ->
          value == expected.floatValue() || near(value.doubleValue(), expected.doubleValue());
      case Double value -> near(value, expected.doubleValue());
      // Only of these very classes: subclasses may be the program's.
      case BigInteger value when value.getClass() == BigInteger.class ->
          exactly(new BigDecimal(value), expected);
      case BigDecimal value when value.getClass() == BigDecimal.class ->
          exactly(value, expected) || near(value.doubleValue(), expected.doubleValue());
      case null, default -> false;
    };
  }

  /** Whole numbers where a floating-point number is expected are held to the same tolerance. */
  private boolean exactly(BigDecimal actual, BigDecimal expected) {
    return actual.compareTo(expected) == 0
        || (expected.stripTrailingZeros().scale() > 0
            && near(actual.doubleValue(), expected.doubleValue()));
  }

  private boolean near(double actual, double expected) {
    double difference = Math.abs(actual - expected);
    return actual == expected
        || difference <= tolerance
        || difference <= tolerance * Math.abs(expected);
  }

  private static boolean text(@Nullable Object actual, String expected) {
    return switch (actual) {
      case String value -> value.equals(expected);
      case Character value -> expected.length() == 1 && value == expected.charAt(0);
      case char[] value -> new String(value).equals(expected);
      case StringBuilder value -> value.toString().equals(expected);
      case Enum<?> value -> value.name().equals(expected);
      case null, default -> false;
    };
  }

  private boolean sequence(@Nullable Object actual, List<DataValue> expected) {
    if (actual == null) {
      return false;
    }
    if (actual.getClass().isArray()) {
      if (Array.getLength(actual) != expected.size()) {
        return false;
      }
      for (int index = 0; index < expected.size(); index++) {
        if (!matches(Array.get(actual, index), expected.get(index))) {
          return false;
        }
      }
      return true;
    }
    if (actual instanceof Map.Entry<?, ?> entry) {
      return expected.size() == 2
          && matches(entry.getKey(), expected.getFirst())
          && matches(entry.getValue(), expected.getLast());
    }
    if (actual instanceof Set<?> set) {
      return bag(set, expected);
    }
    if (!(actual instanceof Iterable<?> iterable)) {
      return false;
    }
    Iterator<?> elements = iterable.iterator();
    for (DataValue element : expected) {
      if (!elements.hasNext() || !matches(elements.next(), element)) {
        return false;
      }
    }
    return !elements.hasNext();
  }

  /** The order of a set means nothing. */
  private boolean bag(Set<?> set, List<DataValue> expected) {
    List<DataValue> unmatched = new ArrayList<>(expected);
    for (Object element : set) {
      boolean found = false;
      for (Iterator<DataValue> rest = unmatched.iterator(); rest.hasNext() && !found; ) {
        if (matches(element, rest.next())) {
          rest.remove();
          found = true;
        }
      }
      if (!found) {
        return false;
      }
    }
    return unmatched.isEmpty();
  }

  private boolean mapping(@Nullable Object actual, Map<String, DataValue> expected) {
    if (!(actual instanceof Map<?, ?> map)) {
      return false;
    }
    Set<String> seen = new HashSet<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Optional<String> key = key(entry.getKey());
      if (key.isEmpty() || !expected.containsKey(key.get()) || !seen.add(key.get())) {
        return false;
      }
      if (!matches(entry.getValue(), expected.get(key.get()))) {
        return false;
      }
    }
    return seen.size() == expected.size();
  }

  private static Optional<String> key(@Nullable Object key) {
    return switch (key) {
      case String text -> Optional.of(text);
      case Character character -> Optional.of(character.toString());
      case Boolean bool -> Optional.of(bool.toString());
      case Byte number -> Optional.of(number.toString());
      case Short number -> Optional.of(number.toString());
      case Integer number -> Optional.of(number.toString());
      case Long number -> Optional.of(number.toString());
      case Double number -> Optional.of(number.toString());
      case Float number -> Optional.of(number.toString());
      case Enum<?> constant -> Optional.of(constant.name());
      case BigInteger number when number.getClass() == BigInteger.class ->
          Optional.of(number.toString());
      case null, default -> Optional.empty();
    };
  }
}
