package dev.mallard.benchmarks.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.ToLongFunction;

/** The processes below this one, and what they take; on Linux, elsewhere it counts nothing. */
final class Descendants {
  private static final Path PROC = Path.of("/proc");

  /** Linux counts processor time in hundredths of a second, whatever its clock does. */
  private static final Duration TICK = Duration.ofMillis(10);

  // Fields of /proc/PID/stat, counted from the one after the command's closing parenthesis.
  private static final int USER_TICKS = 11;
  private static final int SYSTEM_TICKS = 12;
  private static final int CHILDRENS_USER_TICKS = 13;
  private static final int CHILDRENS_SYSTEM_TICKS = 14;

  private Descendants() {}

  static List<ProcessHandle> all() {
    return ProcessHandle.current().descendants().filter(ProcessHandle::isAlive).toList();
  }

  /** Resident memory of all of them, in MiB. */
  static long residentMebibytes() {
    return sum(process -> statusKibibytes(process, "VmRSS:")) >> 10;
  }

  /** The most resident memory that each of them has had, added up, in MiB. */
  static long mostResidentMebibytes() {
    return sum(process -> statusKibibytes(process, "VmHWM:")) >> 10;
  }

  /** Processor time of all of them and of all those that have ended. */
  static Duration processorTime() {
    ProcessHandle self = ProcessHandle.current();
    long ended = ticks(self, CHILDRENS_USER_TICKS) + ticks(self, CHILDRENS_SYSTEM_TICKS);
    long alive =
        sum(process ->
            ticks(process, USER_TICKS)
                + ticks(process, SYSTEM_TICKS)
                + ticks(process, CHILDRENS_USER_TICKS)
                + ticks(process, CHILDRENS_SYSTEM_TICKS));
    return TICK.multipliedBy(ended + alive);
  }

  private static long sum(ToLongFunction<ProcessHandle> measure) {
    return all().stream().mapToLong(measure).sum();
  }

  private static long statusKibibytes(ProcessHandle process, String field) {
    try {
      return Files.readAllLines(file(process, "status")).stream()
          .filter(line -> line.startsWith(field))
          .map(line -> line.substring(field.length()).replace("kB", "").strip())
          .mapToLong(Long::parseLong)
          .sum();
    } catch (IOException e) {
      return 0; // It has just ended.
    }
  }

  private static long ticks(ProcessHandle process, int field) {
    try {
      String stat = Files.readString(file(process, "stat"));
      return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[field]);
    } catch (IOException e) {
      return 0; // It has just ended.
    }
  }

  private static Path file(ProcessHandle process, String name) {
    return PROC.resolve(Long.toString(process.pid())).resolve(name);
  }
}
