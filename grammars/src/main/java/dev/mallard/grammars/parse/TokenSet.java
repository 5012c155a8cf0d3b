package dev.mallard.grammars.parse;

import java.util.Arrays;

/**
 * Some tokens of a vocabulary: their numbers where they are few, one bit for each token where they
 * are many.
 */
final class TokenSet {
  private static final int[] NO_TOKENS = {};
  private static final long[] NO_WORDS = {};

  private final int[] few;
  private final long[] many;

  private TokenSet(int[] few, long[] many) {
    this.few = few;
    this.many = many;
  }

  /** Adds all to a bit set. */
  void addTo(long[] bits) {
    for (int token : few) {
      bits[token >> 6] |= 1L << token;
    }
    for (int i = 0; i < many.length; i++) {
      bits[i] |= many[i];
    }
  }

  /** One bit for each token of the vocabulary; not to be changed. */
  long[] bits(int vocabularySize) {
    if (many.length > 0) {
      return many;
    }
    long[] bits = new long[(vocabularySize + 63) >> 6];
    addTo(bits);
    return bits;
  }

  /** Its size in memory, in bytes and about. */
  long memory() {
    return 48L + 4L * few.length + 8L * many.length;
  }

  /** Collects tokens. */
  static final class Builder {
    private final int words;
    private int[] few = new int[8];
    private int count;
    private long[] many = NO_WORDS;

    Builder(int vocabularySize) {
      words = (vocabularySize + 63) >> 6;
    }

    void add(int token) {
      if (many.length > 0) {
        many[token >> 6] |= 1L << token;
        return;
      }
      if (count == few.length) {
        // A list as long as the bits takes twice the time of these.
        if (count >= words) {
          grow();
          many[token >> 6] |= 1L << token;
          return;
        }
        few = Arrays.copyOf(few, 2 * count);
      }
      few[count++] = token;
    }

    void add(TokenSet set) {
      if (set.many.length > 0) {
        if (many.length == 0) {
          grow();
        }
        set.addTo(many);
      } else {
        for (int token : set.few) {
          add(token);
        }
      }
    }

    private void grow() {
      many = new long[words];
      for (int i = 0; i < count; i++) {
        many[few[i] >> 6] |= 1L << few[i];
      }
    }

    TokenSet build() {
      return many.length > 0
          ? new TokenSet(NO_TOKENS, many)
          : new TokenSet(count == 0 ? NO_TOKENS : Arrays.copyOf(few, count), NO_WORDS);
    }
  }
}
