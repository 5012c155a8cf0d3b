package dev.mallard.sandbox.pool;

/** Whether a worker is soon ready, or fast later. */
enum Pace {
  /** Compiles its code quickly, to code that is half as fast: what a first program wants. */
  QUICK,
  /** Compiles its code thoroughly, which takes some hundred programs. */
  LASTING,
  /** Compiles programs that run for long to machine code; is ready when it has become fast. */
  OPTIMIZING
}
