package dev.mallard.cli;

import dev.mallard.sandbox.Limits;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The option that limits the time of a program. */
final class TimeoutOption {
  private static final double LEAST_SECONDS = 0.1;
  private static final double MOST_SECONDS = 3600;

  @Option(
      names = "--timeout",
      paramLabel = "S",
      description = "Seconds that a program and its tests may take.")
  private double seconds = Limits.DEFAULT.wallClock().toSeconds();

  Limits limits(Options options) {
    options.within("--timeout", seconds, LEAST_SECONDS, MOST_SECONDS);
    return Limits.DEFAULT.withWallClock(Duration.ofMillis(Math.round(seconds * 1000)));
  }
}
