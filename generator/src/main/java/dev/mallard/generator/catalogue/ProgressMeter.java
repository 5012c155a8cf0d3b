package dev.mallard.generator.catalogue;

import java.time.Duration;

/** Counts the bytes of all files of one model, and tells of it not too often. */
final class ProgressMeter {
  private static final long INTERVAL = Duration.ofMillis(100).toNanos();

  private final String model;
  private final long total;
  private final DownloadProgress progress;
  private final long began = System.nanoTime();
  private long bytes;
  private long transferred;
  private long told = began - INTERVAL;

  ProgressMeter(String model, long total, DownloadProgress progress) {
    this.model = model;
    this.total = total;
    this.progress = progress;
  }

  /** Bytes that came over the network. */
  void received(long count) {
    transferred += count;
    change(count);
  }

  /** Bytes that were there before; or, if negative, that turned out to be worthless. */
  void found(long count) {
    change(count);
  }

  void message(String sentence) {
    progress.onMessage(sentence);
  }

  /** Ends the count. */
  void finish() {
    bytes = total;
    tell(System.nanoTime());
  }

  private void change(long count) {
    bytes += count;
    long now = System.nanoTime();
    // The last bytes of all are told by finish(), after they were verified.
    if (now - told >= INTERVAL && bytes < total) {
      tell(now);
    }
  }

  private void tell(long now) {
    told = now;
    double seconds = Math.max(1e-3, (now - began) / 1e9);
    progress.onProgress(new DownloadProgress.State(model, bytes, total, transferred / seconds));
  }
}
