package dev.mallard.generator.remote;

import dev.mallard.generator.UserException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A server did not do what it was asked for. The message is one sentence for the user. */
final class RemoteFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient ServerWords words;
  private final boolean passing;
  private final transient Optional<Duration> retryAfter;

  /**
   * Makes a failure.
   *
   * @param status of the answer; 0 where there was none
   * @param words what the server said
   * @param passing whether asking again may help
   * @param retryAfter how long the server wants to be left alone
   */
  RemoteFailure(
      String message,
      int status,
      ServerWords words,
      boolean passing,
      Optional<Duration> retryAfter,
      @Nullable Throwable cause) {
    super(message, cause);
    this.status = status;
    this.words = words;
    this.passing = passing;
    this.retryAfter = retryAfter;
  }

  /** A failure that asking again does not mend. */
  static RemoteFailure lasting(String message) {
    return new RemoteFailure(message, 0, ServerWords.NONE, false, Optional.empty(), null);
  }

  int status() {
    return status;
  }

  ServerWords words() {
    return words;
  }

  boolean passing() {
    return passing;
  }

  /** How long the server wants to be left alone. */
  Optional<Duration> retryAfter() {
    return retryAfter;
  }

  /** The same failure, which asking again does not mend. */
  RemoteFailure lasting() {
    return new RemoteFailure(reason(), status, words, false, retryAfter, this);
  }

  UserException forUser() {
    return new UserException(reason(), this);
  }

  private String reason() {
    return String.valueOf(getMessage());
  }
}
