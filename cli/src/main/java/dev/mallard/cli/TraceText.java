package dev.mallard.cli;

import dev.mallard.sandbox.Trace;
import dev.mallard.sandbox.Trace.Called;
import dev.mallard.sandbox.Trace.Line;
import dev.mallard.sandbox.Trace.Omitted;
import dev.mallard.sandbox.Trace.Raised;
import dev.mallard.sandbox.Trace.Returned;
import dev.mallard.sandbox.Trace.Step;
import dev.mallard.sandbox.Trace.Variable;
import java.util.List;
import java.util.stream.Collectors;

/** A trace for people: a line a step, beside the line of the program that it belongs to. */
final class TraceText {
  private static final int CODE_WIDTH = 40;

  private final List<String> program;

  private TraceText(String program) {
    this.program = program.lines().toList();
  }

  static String of(Trace trace, String program) {
    TraceText text = new TraceText(program);
    return trace.steps().stream().map(text::line).collect(Collectors.joining("\n"));
  }

  private String line(Step step) {
    return switch (step) {
      case Called(var function, var line, var arguments) ->
          "        call %s(%s)".formatted(function, variables(arguments));
      case Line(var line, var changes, var branch) ->
          "%5d   %s%s%s"
              .formatted(
                  line,
                  code(line, changes.isEmpty() && branch.isEmpty()),
                  variables(changes),
                  branch.map(next -> "  -> line " + next).orElse(""));
      case Returned(var function, var value) -> "        %s returns %s".formatted(function, value);
      case Raised(var function, var exception) ->
          "        %s raises %s".formatted(function, exception);
      case Omitted(var steps) -> "    ... %,d steps ...".formatted(steps);
    };
  }

  private String code(int line, boolean last) {
    String code = line >= 1 && line <= program.size() ? program.get(line - 1).stripTrailing() : "";
    return last ? code : "%-".concat(CODE_WIDTH + "s  ").formatted(code);
  }

  private static String variables(List<Variable> variables) {
    return variables.stream()
        .map(variable -> variable.name() + "=" + variable.value())
        .collect(Collectors.joining(", "));
  }
}
