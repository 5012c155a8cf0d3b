package dev.mallard.sandbox.runner;

import java.io.OutputStream;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Standard output, or standard error, as the program sees it. What it writes is sent on in pieces,
 * each in one frame, until the limit is reached; the rest is dropped.
 *
 * <p>The program may be interrupted anywhere, for example by a stack overflow: the state changes by
 * single assignments, so that it is always one that can be gone on from.
 */
final class GuestStream extends OutputStream {
  /** With it, an event with a full buffer fits into one frame. */
  private static final int BUFFER_BYTES = Frames.MAX_BYTES - Frames.HEADER_BYTES - 16;

  private final Consumer<byte[]> sink;
  // The program can lock the stream itself, and never let go.
  private final Object lock = new Object();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int used;
  private int remaining;
  private volatile boolean immediate;

  GuestStream(int limit, Consumer<byte[]> sink) {
    remaining = limit;
    this.sink = sink;
  }

  @Override
  public void write(int value) {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    synchronized (lock) {
      int end = offset + Math.min(length, remaining);
      int position = offset;
      while (position < end) {
        int piece = Math.min(end - position, BUFFER_BYTES - used);
        System.arraycopy(bytes, position, buffer, used, piece);
        used += piece;
        remaining -= piece;
        position += piece;
        if (used == BUFFER_BYTES || immediate) {
          send();
        }
      }
    }
  }

  /** Nothing: what is written is sent soon anyway, and the program may flush after every byte. */
  @Override
  public void flush() {}

  /** Nothing: a program that closes its output does not lose what comes after. */
  @Override
  public void close() {}

  /** Sends what has been written. */
  void sendWritten() {
    synchronized (lock) {
      send();
    }
  }

  /** From now on sends at once, as the process is about to end. */
  void sendAtOnce() {
    immediate = true;
    sendWritten();
  }

  private void send() {
    if (used > 0) {
      byte[] bytes = Arrays.copyOf(buffer, used);
      used = 0;
      sink.accept(bytes);
    }
  }
}
