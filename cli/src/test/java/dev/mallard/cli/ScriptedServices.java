package dev.mallard.cli;

import dev.mallard.generator.model.Completion;
import dev.mallard.generator.model.GenerationListener;
import dev.mallard.generator.model.GenerationRequest;
import dev.mallard.generator.model.LanguageModel;
import dev.mallard.generator.model.Message;
import dev.mallard.sandbox.Coverage;
import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.Observation;
import dev.mallard.sandbox.ProgramLanguage;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.Sandbox;
import dev.mallard.sandbox.TestResult;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.Trace;
import dev.mallard.sandbox.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The command line on a scripted model and sandbox: the model gives its answers in turn, and a
 * program passes if it contains {@code a + b}.
 */
final class ScriptedServices {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<String> answers;
  private final Path cache;
  private final boolean terminal;
  private Optional<RuntimeException> sandboxFailure = Optional.empty();
  private final List<Execution> executions = new ArrayList<>();
  private final List<List<Message>> conversations = new ArrayList<>();
  private int opened;
  private int closed;

  ScriptedServices(Path cache, boolean terminal, String... answers) {
    this.cache = cache;
    this.terminal = terminal;
    this.answers = List.of(answers);
  }

  void breakSandbox(RuntimeException failure) {
    sandboxFailure = Optional.of(failure);
  }

  int execute(String... arguments) {
    return MallardCommand.create(services()).execute(arguments);
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** What the sandbox was asked to run. */
  List<Execution> executions() {
    return executions;
  }

  /** What the model was asked, each time. */
  List<List<Message>> conversations() {
    return conversations;
  }

  /** The last message of each. */
  List<String> questions() {
    return conversations.stream().map(messages -> messages.getLast().content()).toList();
  }

  boolean allClosed() {
    return opened == closed;
  }

  private Services services() {
    Console console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            terminal,
            terminal,
            terminal);
    return new Services(
        console,
        cache,
        (choice, progress) -> {
          opened++;
          return new ScriptedModel();
        },
        () -> {
          opened++;
          return new ScriptedSandbox();
        });
  }

  private final class ScriptedModel implements LanguageModel {
    private int next;

    @Override
    public String description() {
      return "a script";
    }

    @Override
    public int contextLength() {
      return 4096;
    }

    @Override
    public int countTokens(List<Message> conversation) {
      return 100;
    }

    @Override
    public List<Completion> generate(GenerationRequest request, GenerationListener listener) {
      conversations.add(request.conversation());
      List<Completion> completions = new ArrayList<>();
      for (int i = 0; i < request.candidates(); i++) {
        String answer = answers.get(next++ % answers.size());
        answer.codePoints().mapToObj(Character::toString).forEach(c -> listener.onText(0, c));
        completions.add(new Completion(answer, Completion.Finish.END, 100, 12, -1.5));
      }
      return completions;
    }

    @Override
    public void close() {
      closed++;
    }
  }

  private final class ScriptedSandbox implements Sandbox {
    @Override
    public Report run(Execution execution) {
      String program = execution.program();
      TestSuite tests = execution.tests();
      sandboxFailure.ifPresent(failure -> {
        throw failure;
      });
      Verdict verdict =
          program.contains("a + b") || program.contains("2 * x")
              ? new Verdict.Passed(tests.isEmpty() ? 0 : 3)
              : new Verdict.Failed(
                  new Verdict.Test(2, "assert add(1, 2) == 3"),
                  Optional.of(new Verdict.Comparison("add(1, 2)", "-1", "3")),
                  Optional.empty(),
                  1);
      executions.add(execution);
      return new Report(
          verdict,
          "out\u001b[31m",
          "err",
          Duration.ofMillis(40),
          List.of(
              new TestResult(
                  new Verdict.Test(1, "assert add(0, 0) == 0"),
                  new Verdict.Passed(1),
                  Duration.ofMillis(2))),
          execution.observes(Observation.TRACE) ? Optional.of(trace()) : Optional.empty(),
          execution.observes(Observation.COVERAGE)
              ? Optional.of(new Coverage(new TreeSet<>(Set.of(1, 2, 3)), new TreeSet<>(Set.of(1))))
              : Optional.empty());
    }

    private static Trace trace() {
      return new Trace(
          new Verdict.Test(2, "assert add(1, 2) == 3"),
          List.of(
              new Trace.Called("add", 1, List.of(new Trace.Variable("a", "1"))),
              new Trace.Line(1, List.of(new Trace.Variable("c", "-1")), Optional.of(1)),
              new Trace.Omitted(7),
              new Trace.Returned("add", "-1")));
    }

    @Override
    public Optional<Verdict.Malformed> check(ProgramLanguage language, TestSuite tests) {
      return Optional.empty();
    }

    @Override
    public void close() {
      closed++;
    }
  }
}
