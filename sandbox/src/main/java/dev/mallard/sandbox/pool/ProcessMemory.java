package dev.mallard.sandbox.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How much memory worker processes take, where the operating system says so. */
final class ProcessMemory {
  /** What a worker may take besides its heap, in MiB: classes, compiled code, threads' stacks. */
  private static final int MOST_OVERHEAD_MEBIBYTES = 1024;

  private static final int PAGE_BYTES = 4096;

  private ProcessMemory() {}

  static boolean isBloated(Worker worker) {
    long most = worker.kind().heapMebibytes() + (long) MOST_OVERHEAD_MEBIBYTES;
    return residentBytes(worker.processId()) >> 20 > most;
  }

  /** Resident memory of a process; 0 where it is not known. */
  private static long residentBytes(long processId) {
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
