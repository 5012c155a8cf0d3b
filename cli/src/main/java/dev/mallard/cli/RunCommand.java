package dev.mallard.cli;

import dev.mallard.generator.UserException;
import dev.mallard.generator.problem.Language;
import dev.mallard.generator.problem.TestFile;
import dev.mallard.generator.problem.TextFile;
import dev.mallard.generator.prompt.VisibleText;
import dev.mallard.generator.transcript.ReportJson;
import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.GuestLanguage;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.Observation;
import dev.mallard.sandbox.ProgramLanguage;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.Sandbox;
import dev.mallard.sandbox.TestResult;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.UnconfinedException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Runs a program in the sandbox. */
@Command(
    name = "run",
    description = {
      "Runs a program in the sandbox, and tests it if there are tests.",
      "The program is in Python, JavaScript, Java, SQL or a language of your own, told by the",
      "ending of its name."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
@SuppressWarnings("NullAway.Init") // Picocli sets the fields.
final class RunCommand implements Callable<Integer> {
  private static final int MOST_FAILURES = 20;

  private final Services services;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The program.")
  private Path file;

  @Option(
      names = "--tests",
      paramLabel = "FILE",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = {
        "Statements, most of them asserts, to run after the program; or a .json file with calls,",
        "runs with standard input, or result sets."
      })
  private Optional<Path> tests = Optional.empty();

  @Option(
      names = "--language",
      paramLabel = "LANGUAGE",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = "${COMPLETION-CANDIDATES}, if the program's name does not tell.")
  private Optional<GuestLanguage> language = Optional.empty();

  @Mixin private LanguageOptions languages = new LanguageOptions();

  @Option(
      names = "--trace",
      description = "Show what the program did in the first test that did not pass.")
  private boolean trace;

  @Option(names = "--coverage", description = "Show which lines were executed.")
  private boolean coverage;

  @Option(names = "--json", description = "Print all of it as one JSON object.")
  private boolean json;

  @Mixin private TimeoutOption timeout = new TimeoutOption();

  RunCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() throws InterruptedException {
    Limits limits = timeout.limits(new Options(spec.commandLine()));
    String program = TextFile.read(file);
    TestSuite suite = tests.map(TestFile::read).orElse(TestSuite.EMPTY);
    ProgramLanguage guest = guest();
    Report report;
    try (Sandbox sandbox = services.sandboxes().get()) {
      if (tests.isPresent()) {
        TestsCheck.check(sandbox, tests.get(), guest, suite);
      }
      report = sandbox.run(new Execution(guest, program, suite, limits, observations()));
    } catch (UnconfinedException e) {
      throw new UserException(String.valueOf(e.getMessage()), e);
    }
    show(report, program);
    return report.verdict().passed() ? ExitCode.SUCCESS : ExitCode.FAILURE;
  }

  private ProgramLanguage guest() {
    Optional<ProgramLanguage> own =
        languages.languages().byExtension(file).map(Language::guestLanguage);
    return language
        .<ProgramLanguage>map(known -> known)
        .or(() -> own)
        .or(() -> GuestLanguages.of(file))
        .orElseThrow(this::unknown);
  }

  private Set<Observation> observations() {
    Set<Observation> observations = EnumSet.noneOf(Observation.class);
    if (trace) {
      observations.add(Observation.TRACE);
    }
    if (coverage) {
      observations.add(Observation.COVERAGE);
    }
    return observations;
  }

  private UserException unknown() {
    return new UserException(
        "%s: the name does not tell which language this is: say it with --language."
            .formatted(file));
  }

  private void show(Report report, String program) {
    Console console = services.console();
    if (json) {
      JsonMapper mapper = new JsonMapper();
      console.out().println(ReportJson.put(mapper.createObjectNode(), report));
      console.out().flush();
      return;
    }
    // As it was for another program to read, but a terminal is not to be driven by it.
    print(console.out(), report.standardOutput(), console.outIsTerminal());
    print(console.err(), report.standardError(), console.interactive());
    console.message(VerdictText.of(report.verdict()));
    otherFailures(report).forEach(console::message);
    report
        .coverage()
        .ifPresent(lines ->
            console.message(
                "coverage: %d of %d lines%s"
                    .formatted(
                        lines.covered().size(),
                        lines.executable().size(),
                        lines.missed().isEmpty() ? "" : ", not " + lines.missed())));
    report.trace().ifPresent(steps -> console.message("trace:\n" + TraceText.of(steps, program)));
  }

  /** The failures that the verdict does not name already. */
  private static List<String> otherFailures(Report report) {
    List<TestResult> failures =
        report.tests().stream().filter(result -> !result.passed()).skip(1).toList();
    List<String> lines =
        new ArrayList<>(
            failures.stream()
                .limit(MOST_FAILURES)
                .map(result -> "  also " + VerdictText.of(result.verdict()))
                .toList());
    if (failures.size() > MOST_FAILURES) {
      lines.add("  and %d tests more".formatted(failures.size() - MOST_FAILURES));
    }
    return lines;
  }

  private static void print(PrintStream stream, String text, boolean terminal) {
    stream.print(terminal ? VisibleText.of(text) : text);
    if (terminal && !text.isEmpty() && !text.endsWith("\n")) {
      stream.println();
    }
    stream.flush();
  }
}
