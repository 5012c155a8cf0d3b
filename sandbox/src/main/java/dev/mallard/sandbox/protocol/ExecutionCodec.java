package dev.mallard.sandbox.protocol;

import dev.mallard.sandbox.CommandLanguage;
import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.GuestLanguage;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.Observation;
import dev.mallard.sandbox.ProgramLanguage;
import java.io.IOException;
import java.util.Set;

/** How an {@link Execution} stands in a frame. */
final class ExecutionCodec {
  private ExecutionCodec() {}

  static void encode(Execution execution, FieldWriter out) throws IOException {
    out.kind(kind(execution.language()));
    out.string(execution.program());
    TestSuiteCodec.encode(execution.tests(), out);
    Limits limits = execution.limits();
    out.duration(limits.wallClock());
    out.integer(limits.heapMebibytes());
    out.integer(limits.outputCharacters());
    out.list(execution.observations(), observation -> out.kind(kind(observation)));
  }

  static Execution decode(FieldReader in) throws IOException {
    return new Execution(
        language(in.kind()),
        in.string(),
        TestSuiteCodec.decode(in),
        new Limits(in.duration(), in.integer(), in.integer()),
        Set.copyOf(in.list(() -> observation(in.kind()))));
  }

  private static int kind(ProgramLanguage language) {
    return switch (language) {
      case GuestLanguage.PYTHON -> 1;
      case GuestLanguage.JAVASCRIPT -> 2;
      case GuestLanguage.JAVA -> 3;
      case GuestLanguage.SQL -> 4;
      case CommandLanguage command ->
          throw new IllegalArgumentException("No worker runs " + command.name());
    };
  }

  private static GuestLanguage language(int kind) throws IOException {
    return switch (kind) {
      case 1 -> GuestLanguage.PYTHON;
      case 2 -> GuestLanguage.JAVASCRIPT;
      case 3 -> GuestLanguage.JAVA;
      case 4 -> GuestLanguage.SQL;
      default -> throw new IOException("No language is of kind " + kind);
    };
  }

  private static int kind(Observation observation) {
    return switch (observation) {
      case TRACE -> 1;
      case COVERAGE -> 2;
    };
  }

  private static Observation observation(int kind) throws IOException {
    return switch (kind) {
      case 1 -> Observation.TRACE;
      case 2 -> Observation.COVERAGE;
      default -> throw new IOException("No observation is of kind " + kind);
    };
  }
}
