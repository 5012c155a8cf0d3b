package dev.mallard.sandbox.protocol;

import dev.mallard.sandbox.Coverage;
import dev.mallard.sandbox.Trace;
import dev.mallard.sandbox.Trace.Called;
import dev.mallard.sandbox.Trace.Line;
import dev.mallard.sandbox.Trace.Omitted;
import dev.mallard.sandbox.Trace.Raised;
import dev.mallard.sandbox.Trace.Returned;
import dev.mallard.sandbox.Trace.Step;
import dev.mallard.sandbox.Trace.Variable;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** How a {@link Trace} and a {@link Coverage} stand in a frame. */
final class ObservationCodec {
  private static final int CALLED = 1;
  private static final int LINE = 2;
  private static final int RETURNED = 3;
  private static final int RAISED = 4;
  private static final int OMITTED = 5;

  private ObservationCodec() {}

  static void encode(Coverage coverage, FieldWriter out) throws IOException {
    out.list(coverage.executable(), out::integer);
    out.list(coverage.covered(), out::integer);
  }

  static Coverage decodeCoverage(FieldReader in) throws IOException {
    return new Coverage(new TreeSet<>(in.list(in::integer)), new TreeSet<>(in.list(in::integer)));
  }

  static void encode(Trace trace, FieldWriter out) throws IOException {
    out.test(trace.test());
    out.list(trace.steps(), step -> encode(step, out));
  }

  static Trace decodeTrace(FieldReader in) throws IOException {
    return new Trace(in.test(), in.list(() -> step(in)));
  }

  private static void encode(Step step, FieldWriter out) throws IOException {
    switch (step) {
      case Called(var function, var line, var arguments) -> {
        out.kind(CALLED);
        out.string(function);
        out.integer(line);
        variables(arguments, out);
      }
      case Line(var line, var changes, var branch) -> {
        out.kind(LINE);
        out.integer(line);
        variables(changes, out);
        out.optional(branch, out::integer);
      }
      case Returned(var function, var value) -> {
        out.kind(RETURNED);
        out.string(function);
        out.string(value);
      }
      case Raised(var function, var exception) -> {
        out.kind(RAISED);
        out.string(function);
        out.string(exception);
      }
      case Omitted(var steps) -> {
        out.kind(OMITTED);
        out.count(steps);
      }
    }
  }

  private static Step step(FieldReader in) throws IOException {
    int kind = in.kind();
    return switch (kind) {
      case CALLED -> new Called(in.string(), in.integer(), variables(in));
      case LINE -> new Line(in.integer(), variables(in), in.optional(in::integer));
      case RETURNED -> new Returned(in.string(), in.string());
      case RAISED -> new Raised(in.string(), in.string());
      case OMITTED -> new Omitted(in.count());
      default -> throw new IOException("No step is of kind " + kind);
    };
  }

  private static void variables(Collection<Variable> variables, FieldWriter out)
      throws IOException {
    out.list(
        variables,
        variable -> {
          out.string(variable.name());
          out.string(variable.value());
        });
  }

  private static List<Variable> variables(FieldReader in) throws IOException {
    return in.list(() -> new Variable(in.string(), in.string()));
  }
}
