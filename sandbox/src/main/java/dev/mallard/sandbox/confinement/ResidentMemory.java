package dev.mallard.sandbox.confinement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How much memory processes take, where the operating system says so. */
public final class ResidentMemory {
  private static final int PAGE_BYTES = 4096;

  private ResidentMemory() {}

  /** Resident memory of a process; 0 where it is not known. */
  public static long bytes(long processId) {
    Path file = Path.of("/proc", Long.toString(processId), "statm");
    try {
      // The second number is the resident set, in pages.
      List<String> numbers = List.of(Files.readString(file).split(" "));
      return Long.parseLong(numbers.get(1)) * PAGE_BYTES;
    } catch (IOException | RuntimeException e) {
      return 0; // No such file on this operating system, or the process has just ended.
    }
  }
}
