package dev.mallard.generator.constraint;

import dev.mallard.generator.tokenizer.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The tokens that have to do with the closing fence of a program: those that bring it, and those
 * that would put a line in the program, such as in a text of several lines, that looks like it.
 */
final class Fence {
  static final int LENGTH = 3;
  static final byte CHARACTER = '`';

  private final int[] beginning;

  /** By the place in a line, the tokens that would make a fence of it. */
  private final Map<LinePlace, int[]> seeming = new EnumMap<>(LinePlace.class);

  /** By how many characters are still to come, the tokens that bring some of them or all. */
  private final int[][] continuing;

  Fence(Tokenizer tokenizer) {
    beginning =
        tokens(
            tokenizer,
            token -> {
              byte[] bytes = tokenizer.bytes(token);
              return bytes.length > 0 && bytes[0] == CHARACTER;
            });
    for (LinePlace place : LinePlace.values()) {
      seeming.put(place, tokens(tokenizer, token -> place.after(tokenizer.bytes(token)).isFence()));
    }
    continuing = new int[LENGTH + 1][];
    for (int left = 1; left <= LENGTH; left++) {
      int most = left;
      continuing[left] =
          Arrays.stream(beginning)
              .filter(token -> {
                String text = new String(tokenizer.bytes(token), StandardCharsets.UTF_8);
                String fence = text.stripTrailing();
                return fence.equals("`".repeat(fence.length()))
                    && (fence.length() == most || (fence.length() < most && fence.equals(text)));
              })
              .toArray();
    }
    continuing[0] = new int[0];
  }

  private static int[] tokens(Tokenizer tokenizer, IntPredicate wanted) {
    return IntStream.range(0, tokenizer.vocabularySize()).filter(wanted).toArray();
  }

  /** All tokens whose first character is that of a fence. */
  int[] beginning() {
    return beginning;
  }

  /** The tokens that, at a place in a line, bring what looks like a fence. */
  int[] seeming(LinePlace place) {
    return seeming.getOrDefault(place, new int[0]);
  }

  /** The tokens that go on with a fence of which some characters are still to come. */
  int[] continuing(int left) {
    return continuing[left];
  }
}
