package dev.mallard.grammars.regex;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;

/** A set of Unicode code points, and the bytes that UTF-8 makes of them. */
final class CharacterClass {
  private static final int END = Character.MAX_CODE_POINT + 1;

  /** From here to the next no character is assigned (Unicode 17, planes 4 to 13). */
  private static final int FIRST_EMPTY = 0x40000;

  private static final int END_EMPTY = 0xE0000;

  private static final int[] LAST_OF_LENGTH = {0x7f, 0x7ff, 0xffff, 0x10ffff};

  private final BitSet points;

  private CharacterClass(BitSet points) {
    this.points = points;
  }

  static CharacterClass none() {
    return new CharacterClass(new BitSet());
  }

  static CharacterClass range(int first, int last) {
    BitSet points = new BitSet();
    points.set(first, last + 1);
    return new CharacterClass(points);
  }

  /** Those of a property that code points have, for which planes without characters are alike. */
  static CharacterClass where(IntPredicate property) {
    BitSet points = new BitSet();
    for (int point = 0; point < END; point++) {
      if (point == FIRST_EMPTY) {
        points.set(FIRST_EMPTY, END_EMPTY, property.test(FIRST_EMPTY));
        point = END_EMPTY;
      }
      if (property.test(point)) {
        points.set(point);
      }
    }
    return new CharacterClass(points);
  }

  CharacterClass or(CharacterClass other) {
    BitSet both = (BitSet) points.clone();
    both.or(other.points);
    return new CharacterClass(both);
  }

  CharacterClass complement() {
    BitSet rest = (BitSet) points.clone();
    rest.flip(0, END);
    return new CharacterClass(rest);
  }

  /** Its only code point, or -1 if there is none or more. */
  int only() {
    return points.cardinality() == 1 ? points.nextSetBit(0) : -1;
  }

  /** Adds the other case of each letter. */
  CharacterClass withBothCases() {
    BitSet both = (BitSet) points.clone();
    points.stream()
        .filter(point -> point < 0x250)
        .forEach(point -> {
          both.set(Character.toLowerCase(point));
          both.set(Character.toUpperCase(point));
        });
    return new CharacterClass(both);
  }

  /** The set as an expression over bytes. Surrogates, which UTF-8 lacks, are left out. */
  Regex toRegex(RegexFactory factory) {
    List<Regex> parts = new ArrayList<>();
    for (int first = points.nextSetBit(0); first >= 0; ) {
      int after = points.nextClearBit(first);
      add(factory, parts, first, Math.min(after, END) - 1);
      first = points.nextSetBit(after);
    }
    return factory.either(parts);
  }

  private static void add(RegexFactory factory, List<Regex> parts, int first, int last) {
    if (first < 0xd800 && last >= 0xd800) {
      add(factory, parts, first, 0xd7ff);
      add(factory, parts, 0xd800, last);
      return;
    }
    int from = first >= 0xd800 && first <= 0xdfff ? 0xe000 : first;
    if (from > last) {
      return;
    }
    for (int end : LAST_OF_LENGTH) {
      if (from <= end) {
        int to = Math.min(last, end);
        parts.add(sameLength(factory, encode(from), encode(to), 0));
        if (to == last) {
          return;
        }
        from = to + 1;
      }
    }
  }

  /** Strings of bytes from one to another, in the order of their numbers. */
  private static Regex sameLength(RegexFactory factory, int[] low, int[] high, int at) {
    if (at == low.length) {
      return factory.empty();
    }
    if (low[at] == high[at]) {
      return factory.sequence(
          factory.oneOf(ByteSet.range(low[at], low[at])), sameLength(factory, low, high, at + 1));
    }
    int[] lowest = low.clone();
    int[] highest = high.clone();
    Arrays.fill(lowest, at + 1, low.length, 0x80);
    Arrays.fill(highest, at + 1, high.length, 0xbf);
    List<Regex> parts = new ArrayList<>();
    parts.add(
        factory.sequence(
            factory.oneOf(ByteSet.range(low[at], low[at])),
            sameLength(factory, low, highest, at + 1)));
    parts.add(
        factory.sequence(
            factory.oneOf(ByteSet.range(high[at], high[at])),
            sameLength(factory, lowest, high, at + 1)));
    if (high[at] - low[at] > 1) {
      Regex rest = factory.empty();
      for (int i = at + 1; i < low.length; i++) {
        rest = factory.sequence(rest, factory.oneOf(ByteSet.range(0x80, 0xbf)));
      }
      parts.add(factory.sequence(factory.oneOf(ByteSet.range(low[at] + 1, high[at] - 1)), rest));
    }
    return factory.either(parts);
  }

  private static int[] encode(int point) {
    byte[] bytes = Character.toString(point).getBytes(StandardCharsets.UTF_8);
    int[] values = new int[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      values[i] = bytes[i] & 0xff;
    }
    return values;
  }
}
