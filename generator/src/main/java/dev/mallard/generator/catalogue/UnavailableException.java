package dev.mallard.generator.catalogue;

import dev.mallard.generator.UserException;
import org.jspecify.annotations.Nullable;

/** A source did not give what it was asked for; another may. */
final class UnavailableException extends UserException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  enum Reason {
    /** Nobody answered. */
    UNREACHABLE,
    /** The server is in trouble or busy. */
    BUSY,
    /** The server has it not, or not for this user. */
    REFUSED
  }

  UnavailableException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }
}
