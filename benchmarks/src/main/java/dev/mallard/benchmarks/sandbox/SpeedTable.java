package dev.mallard.benchmarks.sandbox;

import java.time.Duration;
import java.util.List;

/** What has been measured, of a process a program and of the sandbox, side by side. */
final class SpeedTable {
  private final StringBuilder text = new StringBuilder();

  SpeedTable() {
    line("", "python3 process", "sandbox", "sandbox / process");
  }

  /** Adds times, of which the median counts. */
  void times(String what, List<Duration> process, List<Duration> sandbox) {
    times(what, Durations.median(process), Durations.median(sandbox));
  }

  void times(String what, Duration process, Duration sandbox) {
    double one = Durations.milliseconds(process);
    double other = Durations.milliseconds(sandbox);
    line(what, "%,.1f ms".formatted(one), "%,.1f ms".formatted(other), ratio(one, other));
  }

  /** Adds programs a second. */
  void rates(String what, double process, double sandbox) {
    line(
        what,
        "%,.1f / s".formatted(process),
        "%,.1f / s".formatted(sandbox),
        ratio(process, sandbox));
  }

  private static String ratio(double process, double sandbox) {
    return process == 0 ? "" : "%.2f".formatted(sandbox / process);
  }

  private void line(String what, String process, String sandbox, String ratio) {
    text.append("%-44s %18s %18s %18s%n".formatted(what, process, sandbox, ratio));
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
