package dev.mallard.sandbox;

import java.time.Duration;

/**
 * What one program and its tests may use.
 *
 * @param wallClock time from the program's first statement to the last test's end
 * @param heapMebibytes Java heap of the process that runs it, in MiB
 * @param outputCharacters characters of standard output and of standard error that are kept, each;
 *     a program that writes more runs on and loses the rest
 */
public record Limits(Duration wallClock, int heapMebibytes, int outputCharacters) {
  public static final Limits DEFAULT = new Limits(Duration.ofSeconds(10), 512, 65_536);

  public Limits {
    if (!wallClock.isPositive()) {
      throw new IllegalArgumentException("wallClock must be positive: " + wallClock);
    }
    if (heapMebibytes < 64) {
      throw new IllegalArgumentException("heapMebibytes must be at least 64: " + heapMebibytes);
    }
    if (outputCharacters < 0) {
      throw new IllegalArgumentException(
          "outputCharacters must not be negative: " + outputCharacters);
    }
  }

  public Limits withWallClock(Duration limit) {
    return new Limits(limit, heapMebibytes, outputCharacters);
  }
}
