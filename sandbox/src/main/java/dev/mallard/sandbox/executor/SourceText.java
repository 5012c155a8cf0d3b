package dev.mallard.sandbox.executor;

import dev.mallard.sandbox.Verdict.Malformed;
import java.util.Optional;

/** Finds what makes a text no source text, before a language's parser sees it. */
public final class SourceText {
  /** Source texts longer than this are refused. */
  public static final int MAX_CHARACTERS = 1 << 24;

  private SourceText() {}

  /** The first NUL or unpaired surrogate, or the length if it is out of bounds. */
  public static Optional<Malformed> problem(String source) {
    if (source.length() > MAX_CHARACTERS) {
      return Optional.of(
          new Malformed(
              "the source text has %,d characters; at most %,d can be run"
                  .formatted(source.length(), MAX_CHARACTERS),
              1,
              1));
    }
    for (int index = 0; index < source.length(); index++) {
      char character = source.charAt(index);
      if (character == 0) {
        return Optional.of(at(source, index, "SyntaxError: source code cannot contain null bytes"));
      }
      if (Character.isSurrogate(character)) {
        if (Character.charCount(source.codePointAt(index)) == 2) {
          index++;
        } else {
          String message =
              "SyntaxError: the surrogate U+%04X stands alone".formatted((int) character);
          return Optional.of(at(source, index, message));
        }
      }
    }
    return Optional.empty();
  }

  private static Malformed at(String source, int index, String message) {
    int line = 1;
    int lineStart = 0;
    for (int position = 0; position < index; position++) {
      if (source.charAt(position) == '\n') {
        line++;
        lineStart = position + 1;
      }
    }
    return new Malformed(message, line, index - lineStart + 1);
  }
}
