package dev.mallard.grammars.parse;

/**
 * Which tokens may come next.
 *
 * @param allowed one bit for each token, the first in the lowest; not to be changed
 * @param mayEnd whether the text is complete
 */
@SuppressWarnings("ArrayRecordComponent") // Too long to be copied for each token of a text.
public record TokenMask(long[] allowed, boolean mayEnd) {

  /** Whether a token may come next. */
  public boolean allows(int token) {
    return (allowed[token >> 6] >>> token & 1) != 0;
  }
}
