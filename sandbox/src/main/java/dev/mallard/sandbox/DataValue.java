package dev.mallard.sandbox;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/**
 * A value that means the same in every language, as JSON's values do: an argument of a call, or
 * what it must return. {@code toString} gives its JSON text.
 */
public sealed interface DataValue {
  /** {@code None} in Python, {@code null} in JavaScript and Java. */
  record Null() implements DataValue {
    @Override
    public String toString() {
      return "null";
    }
  }

  /** A truth value. */
  record Bool(boolean value) implements DataValue {
    @Override
    public String toString() {
      return Boolean.toString(value);
    }
  }

  /** A whole number. */
  record Whole(BigInteger value) implements DataValue {
    public Whole(long value) {
      this(BigInteger.valueOf(value));
    }

    @Override
    public String toString() {
      return value.toString();
    }
  }

  /** A floating-point number, finite. */
  record Real(double value) implements DataValue {
    public Real {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("JSON has no number such as " + value);
      }
    }

    @Override
    public String toString() {
      String text = new BigDecimal(Double.toString(value)).toString();
      return text.matches("-?\\d+") ? text + ".0" : text;
    }
  }

  /** A string. */
  record Text(String value) implements DataValue {
    @Override
    public String toString() {
      return DataText.quote(value);
    }
  }

  /** A list: in Python a list or a tuple, in Java a list or an array. */
  record Sequence(List<DataValue> elements) implements DataValue {
    public Sequence {
      elements = List.copyOf(elements);
    }

    @Override
    public String toString() {
      return DataText.sequence(elements);
    }
  }

  /** A mapping from strings: a dict, an object, a map. The order of its entries means nothing. */
  record Mapping(Map<String, DataValue> entries) implements DataValue {
    public Mapping {
      entries = Map.copyOf(entries);
    }

    @Override
    public String toString() {
      return DataText.mapping(entries);
    }
  }
}
