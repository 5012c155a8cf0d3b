package dev.mallard.sandbox;

/** Which of the verdicts it is, without what it says of the program. */
enum VerdictKind {
  PASSED,
  FAILED,
  CRASHED,
  TIMED_OUT,
  OUT_OF_MEMORY,
  MALFORMED;

  static VerdictKind of(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Passed passed -> PASSED;
      case Verdict.Failed failed -> FAILED;
      case Verdict.Crashed crashed -> CRASHED;
      case Verdict.TimedOut timedOut -> TIMED_OUT;
      case Verdict.OutOfMemory outOfMemory -> OUT_OF_MEMORY;
      case Verdict.Malformed malformed -> MALFORMED;
    };
  }
}
