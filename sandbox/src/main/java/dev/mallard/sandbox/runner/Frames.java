package dev.mallard.sandbox.runner;

/**
 * How events travel on a runner's standard output, which the program can write to as well: in
 * frames that begin with a secret which only the executor and the runner know.
 *
 * <p>A frame is the secret, a byte that says whether the event ends with it, two bytes with the
 * length of the rest, and the rest. It is written at once and is short enough to be written
 * atomically to a pipe (POSIX: PIPE_BUF), so nothing that the program writes gets inside.
 */
public final class Frames {
  /** Bytes of the secret. */
  public static final int SECRET_BYTES = 16;

  /** Bytes of a frame before its content. */
  public static final int HEADER_BYTES = SECRET_BYTES + 3;

  /** The longest frame: PIPE_BUF of Linux. */
  public static final int MAX_BYTES = 4096;

  /** The longest event, in bytes. */
  public static final int MAX_EVENT_BYTES = 1 << 20;

  private Frames() {}
}
