package dev.mallard.generator.constraint;

/**
 * Where a text is in a line, as far as it matters to closing fences. Before one there may be
 * blanks: Markdown allows three, but models write more, and so who reads their answers takes any
 * number.
 */
enum LinePlace {
  START,
  BEHIND_BLANKS,
  ONE_TICK,
  TWO_TICKS,
  /** Behind what looks like a closing fence. */
  FENCE,
  /** Where no fence begins any more. */
  WITHIN;

  boolean isFence() {
    return this == FENCE;
  }

  LinePlace after(byte value) {
    if (this == FENCE) {
      return FENCE;
    }
    if (value == '\n' || value == '\r') {
      return START;
    }
    return switch (this) {
      case START, BEHIND_BLANKS ->
          value == Fence.CHARACTER ? ONE_TICK : isBlank(value) ? BEHIND_BLANKS : WITHIN;
      case ONE_TICK -> value == Fence.CHARACTER ? TWO_TICKS : WITHIN;
      case TWO_TICKS -> value == Fence.CHARACTER ? FENCE : WITHIN;
      case FENCE, WITHIN -> this;
    };
  }

  private static boolean isBlank(byte value) {
    return value == ' ' || value == '\t' || value == '\f' || value == 0x0b;
  }

  /** After several bytes. */
  LinePlace after(byte[] values) {
    LinePlace place = this;
    for (byte value : values) {
      place = place.after(value);
    }
    return place;
  }
}
