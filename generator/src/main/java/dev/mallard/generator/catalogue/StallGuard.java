package dev.mallard.generator.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Ends a transfer in which nothing comes any more: the client's own time-out ends with the headers
 * of an answer.
 */
final class StallGuard implements AutoCloseable {
  private final InputStream in;
  private final long patience;
  private final Thread guard;
  private volatile long lastSign = System.nanoTime();

  StallGuard(InputStream in, Duration patience) {
    this.in = in;
    this.patience = patience.toNanos();
    this.guard = Thread.ofVirtual().name("stall-guard").start(this::watch);
  }

  /** Reads as {@link InputStream#read(byte[])} does. */
  int read(byte[] buffer) throws IOException {
    int count = in.read(buffer);
    lastSign = System.nanoTime();
    return count;
  }

  private void watch() {
    try {
      for (long idle = 0; idle < patience; idle = System.nanoTime() - lastSign) {
        Thread.sleep(Duration.ofNanos(patience - idle));
      }
      in.close(); // wakes the reader with an exception
    } catch (InterruptedException e) {
      // the transfer is over
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    guard.interrupt();
    in.close();
  }
}
