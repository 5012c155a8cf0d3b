package dev.mallard.sandbox.polyglot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.sandbox.Trace.Called;
import dev.mallard.sandbox.Trace.Line;
import dev.mallard.sandbox.Trace.Omitted;
import dev.mallard.sandbox.Trace.Raised;
import dev.mallard.sandbox.Trace.Returned;
import dev.mallard.sandbox.Trace.Step;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The lines that a function is seen to execute are those that CPython's own {@code sys.settrace}
 * tells of, call by call, but for what the two do on purpose in another way:
 *
 * <ul>
 *   <li>a statement of several lines counts as one, on the line where it begins;
 *   <li>a line that is executed again at once, such as a loop of one line, counts once;
 *   <li>comprehensions count as part of their line;
 *   <li>the line of the {@code yield} is told again when a generator goes on after it.
 * </ul>
 *
 * <p>The script below tells what CPython does in the same way.
 */
class PythonLinesAsInCPythonTest {
  private static final String SETTRACE =
      """
      import ast, sys
      program = sys.stdin.read()
      begins = {}
      def mark(node):
          for child in ast.iter_child_nodes(node):
              if isinstance(child, (ast.stmt, ast.ExceptHandler, ast.match_case)):
                  line = child.pattern.lineno if isinstance(child, ast.match_case) else child.lineno
                  first = min([line] + [d.lineno for d in getattr(child, 'decorator_list', [])])
                  body = getattr(child, 'body', None)
                  last = max(first, body[0].lineno - 1) if body else getattr(child, 'end_lineno', line)
                  if isinstance(child, ast.Match):
                      last = line
                  for covered in range(first, last + 1):
                      begins[covered] = line
              mark(child)
      mark(ast.parse(program))
      calls = []
      started = []
      def local(lines):
          def trace(frame, event, argument):
              if event == 'line':
                  line = begins.get(frame.f_lineno, frame.f_lineno)
                  if not lines or lines[-1] != line:
                      lines.append(line)
              return trace
          return trace
      def start(frame, event, argument):
          name = frame.f_code.co_name
          if frame.f_code.co_filename != 'program' or (name.startswith('<') and name != '<lambda>'):
              return None
          goes_on = frame.f_code.co_flags & 0x20 and frame in started
          lines = [frame.f_lineno] if goes_on else []
          started.append(frame)
          calls.append((name, lines))
          return local(lines)
      code = compile(program, 'program', 'exec')
      names = {}
      exec(code, names)
      sys.settrace(start)
      try:
          names['main']()
      except Exception:
          pass
      sys.settrace(None)
      for name, lines in calls:
          print(name, *lines)
      """;

  private static ObservedRun python;

  @BeforeAll
  static void startEngine() {
    Assumptions.assumeTrue(hasPython(), "There is no python3 to compare with.");
    python = new ObservedRun("python");
  }

  @AfterAll
  static void closeEngine() {
    if (python != null) {
      python.close();
    }
  }

  static List<String> programs() throws IOException {
    try (var in =
        PythonLinesAsInCPythonTest.class.getResourceAsStream("programs_to_observe.py.txt")) {
      String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(all.split("(?m)^# ---.*\n")).filter(text -> !text.isBlank()).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("programs")
  void theSameLinesRunInTheSameOrder(String program) throws IOException, InterruptedException {
    ObservedRun.Result result = python.run(program, "try:\n  main()\nexcept Exception: pass\n");
    assertThat(calls(result.steps())).isEqualTo(cPython(program));
  }

  /** Each call with the lines that it executed, in the order of the calls. */
  private static List<String> calls(List<Step> steps) {
    List<List<String>> calls = new ArrayList<>();
    Deque<List<String>> running = new ArrayDeque<>();
    for (Step step : steps) {
      switch (step) {
        case Called called -> {
          List<String> call = new ArrayList<>(List.of(called.function()));
          calls.add(call);
          running.push(call);
        }
        case Line line -> {
          List<String> call = running.element();
          String number = Integer.toString(line.line());
          if (!call.getLast().equals(number)) {
            call.add(number);
          }
        }
        case Returned returned -> running.pop();
        case Raised raised -> running.pop();
        case Omitted omitted -> throw new AssertionError("The programs are short");
      }
    }
    return calls.stream().map(call -> String.join(" ", call)).toList();
  }

  private static boolean hasPython() {
    try {
      return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> cPython(String program) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("python3", "-c", SETTRACE)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(program.getBytes(StandardCharsets.UTF_8));
    }
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return out.lines().collect(Collectors.toList());
  }
}
