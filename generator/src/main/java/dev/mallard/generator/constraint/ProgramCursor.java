package dev.mallard.generator.constraint;

import dev.mallard.grammars.parse.Prefix;
import dev.mallard.grammars.parse.TokenMask;
import dev.mallard.grammars.parse.TokenMasks;
import java.util.Arrays;

/**
 * A place in a fenced program that is being written. It never changes.
 *
 * @param masks of the grammar
 * @param prefix of the program
 * @param place in the line
 * @param fence characters of the closing fence that have come
 */
record ProgramCursor(TokenMasks masks, Fence tokens, Prefix prefix, LinePlace place, int fence) {

  /** At the beginning of the program, on a line of its own. */
  static ProgramCursor start(TokenMasks masks, Fence tokens, Prefix empty) {
    return new ProgramCursor(masks, tokens, empty, LinePlace.START, 0);
  }

  /** Whether the closing fence has come. */
  boolean isClosed() {
    return fence == Fence.LENGTH;
  }

  /** After the bytes of an allowed token. */
  ProgramCursor after(byte[] bytes) {
    ProgramCursor cursor = this;
    for (byte value : bytes) {
      if (cursor.isClosed()) {
        return cursor;
      }
      cursor = cursor.after(value);
    }
    return cursor;
  }

  private ProgramCursor after(byte value) {
    if (value == Fence.CHARACTER && (fence > 0 || mayClose())) {
      return new ProgramCursor(masks, tokens, prefix, place, fence + 1);
    }
    return new ProgramCursor(masks, tokens, prefix.feed(value), place.after(value), 0);
  }

  private boolean mayClose() {
    return place == LinePlace.START && mayEnd();
  }

  /** A program that says nothing is none. */
  private boolean mayEnd() {
    return !prefix.isBlank() && prefix.isComplete();
  }

  AllowedTokens allowed() {
    if (fence > 0) {
      long[] bits = new long[masks.words()];
      set(bits, tokens.continuing(Fence.LENGTH - fence));
      return new AllowedTokens(bits, false);
    }
    TokenMask mask = masks.of(prefix);
    boolean mayEnd = mask.mayEnd() && !prefix.isBlank();
    // A line of the program that looks like a fence would be taken for one by who reads the answer.
    long[] bits = without(mask.allowed(), tokens.seeming(place));
    if (mayEnd && place == LinePlace.START) {
      // What begins like a fence is one.
      bits = without(bits, tokens.beginning()).clone();
      set(bits, tokens.continuing(Fence.LENGTH));
    }
    return new AllowedTokens(bits, mayEnd);
  }

  /** The bits, which are left as they are, without those of some tokens. */
  private static long[] without(long[] bits, int[] tokens) {
    if (Arrays.stream(tokens).noneMatch(token -> (bits[token >> 6] >>> token & 1) != 0)) {
      return bits;
    }
    long[] rest = bits.clone();
    for (int token : tokens) {
      rest[token >> 6] &= ~(1L << token);
    }
    return rest;
  }

  private static void set(long[] bits, int[] tokens) {
    for (int token : tokens) {
      bits[token >> 6] |= 1L << token;
    }
  }
}
