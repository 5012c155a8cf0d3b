package dev.mallard.sandbox.sql;

import dev.mallard.sandbox.DataValue;
import java.util.HexFormat;

/** A value of SQLite, whose text is its literal. */
sealed interface SqlValue {
  /** How far two real numbers may be apart, relative to the greater one, and be the same. */
  double TOLERANCE = 1e-9;

  /** Anything smaller is a whole number in a double without a loss. */
  double LARGEST_EXACT = 0x1p53;

  /** No value. */
  record Null() implements SqlValue {
    @Override
    public String toString() {
      return "NULL";
    }
  }

  /** An integer. */
  record Whole(long value) implements SqlValue {
    @Override
    public String toString() {
      return Long.toString(value);
    }
  }

  /** A floating-point number; not NaN, which is NULL in SQLite. */
  record Real(double value) implements SqlValue {
    @Override
    public String toString() {
      return Double.toString(value);
    }
  }

  /** A string. */
  record Text(String value) implements SqlValue {
    @Override
    public String toString() {
      return "'" + value.replace("'", "''") + "'";
    }
  }

  /**
   * Bytes.
   *
   * @param hexadecimal two digits a byte
   */
  record Blob(String hexadecimal) implements SqlValue {
    @Override
    public String toString() {
      return "x'" + hexadecimal + "'";
    }
  }

  /** What the driver has read. */
  static SqlValue of(Object value) {
    return switch (value) {
      case Integer whole -> new Whole(whole);
      case Long whole -> new Whole(whole);
      case Double real -> new Real(real);
      case String text -> new Text(text);
      case byte[] bytes -> new Blob(HexFormat.of().formatHex(bytes));
      default -> throw new IllegalArgumentException("no value of SQLite: " + value.getClass());
    };
  }

  /** What a test expects. */
  static SqlValue of(DataValue value) {
    return switch (value) {
      case DataValue.Null nothing -> new Null();
      case DataValue.Bool(boolean truth) -> new Whole(truth ? 1 : 0);
      case DataValue.Whole(var whole) ->
          whole.bitLength() < Long.SIZE
              ? new Whole(whole.longValue())
              : new Real(whole.doubleValue());
      case DataValue.Real(double real) -> new Real(real);
      case DataValue.Text(String text) -> new Text(text);
      case DataValue.Sequence sequence ->
          throw new IllegalArgumentException("a row cannot hold the list " + sequence);
      case DataValue.Mapping mapping ->
          throw new IllegalArgumentException("a row cannot hold the mapping " + mapping);
    };
  }

  /** The same number as an integer where it is one, so that 1 and 1.0 are equal. */
  default SqlValue normalized() {
    return switch (this) {
      case Real(double value) when value == Math.rint(value) && Math.abs(value) < LARGEST_EXACT ->
          new Whole((long) value);
      case Null nothing -> this;
      case Whole whole -> this;
      case Real real -> this;
      case Text text -> this;
      case Blob blob -> this;
    };
  }

  /** Whether two values count as the same. */
  default boolean agrees(SqlValue other) {
    if (this.isNumber() && other.isNumber()) {
      if (this instanceof Whole && other instanceof Whole) {
        return equals(other);
      }
      double one = number();
      double another = other.number();
      return one == another
          || (Double.isFinite(one)
              && Double.isFinite(another)
              && Math.abs(one - another) <= TOLERANCE * Math.max(Math.abs(one), Math.abs(another)));
    }
    return equals(other);
  }

  default boolean isNumber() {
    return this instanceof Whole || this instanceof Real;
  }

  /** The number, or 0 if it is none. */
  default double number() {
    return switch (this) {
      case Whole(long value) -> value;
      case Real(double value) -> value;
      case Null nothing -> 0;
      case Text text -> 0;
      case Blob blob -> 0;
    };
  }

  /** About how many bytes of heap it takes. */
  default long size() {
    return switch (this) {
      case Null nothing -> 16;
      case Whole whole -> 24;
      case Real real -> 24;
      case Text(String value) -> 64 + 2L * value.length();
      case Blob(String hexadecimal) -> 64 + hexadecimal.length();
    };
  }
}
