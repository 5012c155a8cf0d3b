package dev.mallard.sandbox.pool;

import dev.mallard.sandbox.confinement.ResidentMemory;

/** Tells worker processes that take too much memory, where the operating system says so. */
final class ProcessMemory {
  /** What a worker may take besides its heap, in MiB: classes, compiled code, threads' stacks. */
  private static final int MOST_OVERHEAD_MEBIBYTES = 1024;

  private ProcessMemory() {}

  static boolean isBloated(Worker worker) {
    long most = worker.kind().heapMebibytes() + (long) MOST_OVERHEAD_MEBIBYTES;
    return ResidentMemory.bytes(worker.processId()) >> 20 > most;
  }
}
