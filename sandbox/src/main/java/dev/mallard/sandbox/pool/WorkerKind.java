package dev.mallard.sandbox.pool;

import dev.mallard.sandbox.GuestLanguage;

/**
 * What sets workers apart: one runs programs of one language, in a heap of one size.
 *
 * @param heapMebibytes the heap of the process, in MiB
 */
record WorkerKind(GuestLanguage language, int heapMebibytes) {}
