package dev.mallard.sandbox.javascript;

import dev.mallard.sandbox.DataValue;
import dev.mallard.sandbox.DataValue.Bool;
import dev.mallard.sandbox.DataValue.Mapping;
import dev.mallard.sandbox.DataValue.Null;
import dev.mallard.sandbox.DataValue.Real;
import dev.mallard.sandbox.DataValue.Sequence;
import dev.mallard.sandbox.DataValue.Text;
import dev.mallard.sandbox.DataValue.Whole;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.graalvm.polyglot.Value;

/**
 * Compares what a function of the program has returned with what it must return. Each property is
 * read once: a getter may lie, but it cannot give one answer here and another there.
 */
final class DataComparison {
  private final double tolerance;

  DataComparison(double tolerance) {
    this.tolerance = tolerance;
  }

  boolean matches(Value actual, DataValue expected) {
    return switch (expected) {
      case Null() -> actual.isNull();
      case Bool(var value) -> actual.isBoolean() && actual.asBoolean() == value;
      case Text(var value) -> actual.isString() && actual.asString().equals(value);
      case Whole(var value) -> actual.isNumber() && matchesWhole(actual, value);
      case Real(var value) ->
          actual.isNumber() && actual.fitsInDouble() && near(actual.asDouble(), value);
      case Sequence(var elements) -> actual.hasArrayElements() && matchesAll(actual, elements);
      case Mapping(var entries) -> isPlainObject(actual) && matchesEntries(actual, entries);
    };
  }

  private boolean matchesWhole(Value actual, BigInteger expected) {
    if (actual.fitsInBigInteger()) {
      if (actual.asBigInteger().equals(expected)) {
        return true;
      }
    }
    if (!actual.fitsInDouble()) {
      return false;
    }
    double number = actual.asDouble();
    return near(number, expected.doubleValue())
        || (Double.isFinite(number)
            && new BigDecimal(number).compareTo(new BigDecimal(expected)) == 0);
  }

  private boolean near(double actual, double expected) {
    double distance = Math.abs(actual - expected);
    return actual == expected
        || distance <= tolerance
        || distance <= tolerance * Math.abs(expected);
  }

  private boolean matchesAll(Value actual, List<DataValue> elements) {
    if (actual.getArraySize() != elements.size()) {
      return false;
    }
    for (int index = 0; index < elements.size(); index++) {
      if (!matches(actual.getArrayElement(index), elements.get(index))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPlainObject(Value value) {
    return value.hasMembers()
        && !value.hasArrayElements()
        && !value.canExecute()
        && !value.hasHashEntries()
        && !value.hasIterator()
        && !value.isString();
  }

  private boolean matchesEntries(Value actual, Map<String, DataValue> entries) {
    Set<String> missing = new HashSet<>(entries.keySet());
    for (String key : actual.getMemberKeys()) {
      Value value = actual.getMember(key);
      DataValue expected = entries.get(key);
      if (expected == null) {
        if (value != null && !value.isNull()) {
          return false;
        }
      } else if (value == null || !missing.remove(key) || !matches(value, expected)) {
        return false;
      }
    }
    return missing.isEmpty();
  }
}
