package dev.mallard.benchmarks.evaluation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.mallard.sandbox.Verdict;
import java.util.Locale;

/** What became of a program, in the words of a record. */
public enum TaskVerdict {
  PASSED,
  FAILED,
  CRASHED,
  TIMED_OUT,
  OUT_OF_MEMORY,
  /** It does not parse, or there is no program in the answer. */
  MALFORMED;

  /** That of the sandbox. */
  public static TaskVerdict of(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Passed passed -> PASSED;
      case Verdict.Failed failed -> FAILED;
      case Verdict.Crashed crashed -> CRASHED;
      case Verdict.TimedOut timedOut -> TIMED_OUT;
      case Verdict.OutOfMemory outOfMemory -> OUT_OF_MEMORY;
      case Verdict.Malformed malformed -> MALFORMED;
    };
  }

  /** The name in lower case, such as {@code timed-out}. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The one of a label. */
  @JsonCreator
  public static TaskVerdict ofLabel(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
