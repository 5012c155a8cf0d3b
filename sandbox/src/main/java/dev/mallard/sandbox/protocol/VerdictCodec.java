package dev.mallard.sandbox.protocol;

import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.Verdict.Comparison;
import dev.mallard.sandbox.Verdict.Crashed;
import dev.mallard.sandbox.Verdict.Failed;
import dev.mallard.sandbox.Verdict.Malformed;
import dev.mallard.sandbox.Verdict.OutOfMemory;
import dev.mallard.sandbox.Verdict.Passed;
import dev.mallard.sandbox.Verdict.TimedOut;
import java.io.IOException;

/** How a {@link Verdict} stands in a frame: one byte for its kind, then its components in order. */
final class VerdictCodec {
  private static final int PASSED = 1;
  private static final int FAILED = 2;
  private static final int CRASHED = 3;
  private static final int TIMED_OUT = 4;
  private static final int OUT_OF_MEMORY = 5;
  private static final int MALFORMED = 6;

  private VerdictCodec() {}

  static void encode(Verdict verdict, FieldWriter out) throws IOException {
    switch (verdict) {
      case Passed(var tests) -> {
        out.kind(PASSED);
        out.integer(tests);
      }
      case Failed(var test, var comparison, var message, var testsPassed) -> {
        out.kind(FAILED);
        out.test(test);
        out.optional(
            comparison,
            sides -> {
              out.string(sides.expression());
              out.string(sides.actual());
              out.string(sides.expected());
            });
        out.optional(message, out::string);
        out.integer(testsPassed);
      }
      case Crashed(var type, var message, var line, var test, var testsPassed) -> {
        out.kind(CRASHED);
        out.string(type);
        out.string(message);
        out.optional(line, out::integer);
        out.optional(test, out::test);
        out.integer(testsPassed);
      }
      case TimedOut(var limit, var test, var testsPassed) -> {
        out.kind(TIMED_OUT);
        out.duration(limit);
        out.optional(test, out::test);
        out.integer(testsPassed);
      }
      case OutOfMemory(var limitMebibytes, var test) -> {
        out.kind(OUT_OF_MEMORY);
        out.integer(limitMebibytes);
        out.optional(test, out::test);
      }
      case Malformed(var message, var line, var column) -> {
        out.kind(MALFORMED);
        out.string(message);
        out.integer(line);
        out.integer(column);
      }
    }
  }

  static Verdict decode(FieldReader in) throws IOException {
    int kind = in.kind();
    return switch (kind) {
      case PASSED -> new Passed(in.integer());
      case FAILED ->
          new Failed(
              in.test(),
              in.optional(() -> new Comparison(in.string(), in.string(), in.string())),
              in.optional(in::string),
              in.integer());
      case CRASHED ->
          new Crashed(
              in.string(),
              in.string(),
              in.optional(in::integer),
              in.optional(in::test),
              in.integer());
      case TIMED_OUT -> new TimedOut(in.duration(), in.optional(in::test), in.integer());
      case OUT_OF_MEMORY -> new OutOfMemory(in.integer(), in.optional(in::test));
      case MALFORMED -> new Malformed(in.string(), in.integer(), in.integer());
      default -> throw new IOException("No verdict is of kind " + kind);
    };
  }
}
