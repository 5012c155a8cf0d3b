package dev.mallard.generator.feedback;

import dev.mallard.sandbox.Trace;
import java.util.List;
import java.util.stream.Collectors;

/** A trace for a model: the lines that were executed, each with what it changed. */
final class TraceLines {
  private final List<String> program;

  private TraceLines(String program) {
    this.program = program.lines().toList();
  }

  static String of(Trace trace, String program) {
    TraceLines lines = new TraceLines(program);
    return trace.steps().stream().map(lines::line).collect(Collectors.joining("\n"));
  }

  private String line(Trace.Step step) {
    return switch (step) {
      case Trace.Called(var function, var line, var arguments) ->
          "%s is called with %s".formatted(function, values(arguments));
      case Trace.Line(var line, var changes, var branch) ->
          "line %d: %s%s%s"
              .formatted(
                  line,
                  source(program, line),
                  changes.isEmpty() ? "" : "   # " + values(changes),
                  branch.map(next -> "   # goes to line " + next).orElse(""));
      case Trace.Returned(var function, var value) -> "%s returns %s".formatted(function, value);
      case Trace.Raised(var function, var exception) ->
          "%s raises %s".formatted(function, exception);
      case Trace.Omitted(var steps) -> "... %,d steps ...".formatted(steps);
    };
  }

  /** A line of a program, as it stands but for the white space around it. */
  static String source(List<String> program, int line) {
    return line >= 1 && line <= program.size() ? program.get(line - 1).strip() : "";
  }

  /** Variables with their values, in a line. */
  static String values(List<Trace.Variable> variables) {
    return variables.isEmpty()
        ? "nothing"
        : variables.stream()
            .map(variable -> variable.name() + " = " + variable.value())
            .collect(Collectors.joining(", "));
  }
}
