package dev.mallard.cli;

import dev.mallard.generator.problem.TextFile;
import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.GuestLanguage;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.Sandbox;
import dev.mallard.sandbox.TestSuite;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a program in the sandbox. */
@Command(
    name = "run",
    description = "Runs a Python program in the sandbox, and tests it if there are tests.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
@SuppressWarnings("NullAway.Init") // Picocli sets the fields.
final class RunCommand implements Callable<Integer> {
  private final Services services;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The program.")
  private Path file;

  @Option(
      names = "--tests",
      paramLabel = "FILE",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = "Statements, most of them asserts, to run after the program.")
  private Optional<Path> tests = Optional.empty();

  @Mixin private TimeoutOption timeout = new TimeoutOption();

  RunCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() throws InterruptedException {
    Limits limits = timeout.limits(new Options(spec.commandLine()));
    String program = TextFile.read(file);
    TestSuite suite = tests.map(TextFile::read).map(TestSuite::asserts).orElse(TestSuite.EMPTY);
    Console console = services.console();
    Report report;
    try (Sandbox sandbox = services.sandboxes().get()) {
      if (tests.isPresent()) {
        TestsCheck.check(sandbox, tests.get(), GuestLanguage.PYTHON, suite);
      }
      report = sandbox.run(new Execution(GuestLanguage.PYTHON, program, suite, limits));
    }
    // As it was for another program to read, but a terminal is not to be driven by it.
    print(console.out(), report.standardOutput(), console.outIsTerminal());
    print(console.err(), report.standardError(), console.interactive());
    console.message(VerdictText.of(report.verdict()));
    return report.verdict().passed() ? ExitCode.SUCCESS : ExitCode.FAILURE;
  }

  private static void print(PrintStream stream, String text, boolean terminal) {
    stream.print(terminal ? VisibleText.of(text) : text);
    if (terminal && !text.isEmpty() && !text.endsWith("\n")) {
      stream.println();
    }
    stream.flush();
  }
}
