package dev.mallard.generator;

import org.jspecify.annotations.Nullable;

/**
 * Something that the user can put right: a missing file, a malformed problem, an unknown model.
 *
 * <p>The message is one clear sentence that says what was wrong and what to do; it is shown as it
 * is, and the command ends with exit code 2.
 */
public class UserException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UserException(String message) {
    this(message, null);
  }

  public UserException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
