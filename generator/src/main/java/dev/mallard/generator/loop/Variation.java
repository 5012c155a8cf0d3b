package dev.mallard.generator.loop;

import dev.mallard.sandbox.DataValue;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Makes other values of the types of given ones, for inputs that nobody has thought of. */
final class Variation {
  private static final int LARGEST = 999_999_999;

  private final Random random;

  Variation(Random random) {
    this.random = random;
  }

  /** Whether a part of an input stays as it is. */
  boolean keeps() {
    return random.nextInt(3) == 0;
  }

  /** Another whole number, not negative if it is not. */
  int number(int number) {
    return switch (random.nextInt(5)) {
      case 0 -> number + 1;
      case 1 -> number > 0 ? number - 1 : number;
      case 2 -> 0;
      case 3 -> number / 2;
      default -> Math.min(number, 100) + random.nextInt(10);
    };
  }

  /** Another text of the same characters. */
  String text(String text) {
    if (text.isEmpty()) {
      return text;
    }
    return switch (random.nextInt(4)) {
      case 0 -> new StringBuilder(text).reverse().toString();
      case 1 -> text + text;
      case 2 -> text.substring(0, whole(text, text.length() / 2));
      default -> {
        int first = text.offsetByCodePoints(0, 1);
        yield text.substring(first) + text.substring(0, first);
      }
    };
  }

  /** Another value of the same shape. */
  DataValue value(DataValue value) {
    return switch (value) {
      case DataValue.Sequence(List<DataValue> elements) ->
          new DataValue.Sequence(elements.stream().map(this::value).toList());
      case DataValue.Mapping(Map<String, DataValue> entries) -> {
        Map<String, DataValue> varied = new TreeMap<>(entries);
        varied.replaceAll((key, entry) -> value(entry));
        yield new DataValue.Mapping(varied);
      }
      case DataValue.Null _ -> value;
      case DataValue.Bool _, DataValue.Whole _, DataValue.Real _, DataValue.Text _ ->
          keeps() ? value : single(value);
    };
  }

  private DataValue single(DataValue value) {
    return switch (value) {
      case DataValue.Bool(boolean truth) -> new DataValue.Bool(!truth);
      case DataValue.Whole(BigInteger number)
          when number.abs().compareTo(BigInteger.valueOf(LARGEST)) <= 0 ->
          new DataValue.Whole(number(number.intValue()));
      case DataValue.Real(double number) -> new DataValue.Real(number / 2);
      case DataValue.Text(String text) -> new DataValue.Text(text(text));
      default -> value;
    };
  }

  /** A place in a text, or the one before it where it would part a surrogate pair. */
  private static int whole(String text, int place) {
    return place > 0 && Character.isLowSurrogate(text.charAt(place)) ? place - 1 : place;
  }
}
