package dev.mallard.sandbox.protocol;

import java.io.IOException;

/** A message is too long for the one frame that it has to fit in. */
public final class FrameTooLongException extends IOException {
  private static final long serialVersionUID = 1L;

  FrameTooLongException(int bytes, int most) {
    super("A message of %,d bytes is longer than %,d".formatted(bytes, most));
  }
}
