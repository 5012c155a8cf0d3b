package dev.mallard.sandbox.command;

import com.google.re2j.Pattern;
import dev.mallard.sandbox.CommandLanguage;
import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.TestSuite.Exchange;
import dev.mallard.sandbox.TestSuite.StandardIo;
import dev.mallard.sandbox.UnconfinedException;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.confinement.Confinement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Assumptions;

/** Runs programs of the shell as a user's language; skips tests where nothing confines them. */
final class ShellRuns implements AutoCloseable {
  static final Limits LIMITS = new Limits(Duration.ofSeconds(20), 64, 10_000);
  static final Limits SHORT = LIMITS.withWallClock(Duration.ofSeconds(1));
  static final int SYNTAX_ERROR = 2;

  private final CommandLanguage language;
  private final CommandSandbox sandbox;

  private ShellRuns(CommandLanguage language, List<Confinement> confinements) {
    this.language = language;
    sandbox =
        new CommandSandbox(
            () -> {
              throw new IllegalStateException("No other language runs here");
            },
            confinements);
  }

  /** Starts a sandbox for a language in a folder. */
  static ShellRuns in(Path folder, List<Confinement> confinements) throws InterruptedException {
    ShellRuns runs =
        new ShellRuns(
            language(folder, List.of("bash", CommandLanguage.PROGRAM), List.of()), confinements);
    try {
      runs.sandbox.check(runs.language, TestSuite.EMPTY);
    } catch (UnconfinedException e) {
      Assumptions.abort(e.getMessage());
    }
    return runs;
  }

  static ShellRuns in(Path folder) throws InterruptedException {
    return in(folder, Confinement.available());
  }

  /** A language of that folder. */
  static CommandLanguage language(Path folder, List<String> command, List<Path> readable) {
    return new CommandLanguage(
        "Shell",
        folder.toAbsolutePath(),
        "program.sh",
        command,
        readable,
        Optional.of(Pattern.compile("line (?<line>\\d+): (?<message>.*)")),
        OptionalInt.of(SYNTAX_ERROR));
  }

  CommandSandbox sandbox() {
    return sandbox;
  }

  CommandLanguage language() {
    return language;
  }

  /** What a program prints, without the white space at the end, on both streams. */
  String printed(String program) throws InterruptedException {
    Report report = report(program, TestSuite.EMPTY, LIMITS);
    return (report.standardOutput() + report.standardError()).stripTrailing();
  }

  Verdict verdict(String program, Exchange... exchanges) throws InterruptedException {
    return report(program, new StandardIo(Arrays.asList(exchanges)), LIMITS).verdict();
  }

  Report report(String program, TestSuite tests, Limits limits) throws InterruptedException {
    return sandbox.run(new Execution(language, program, tests, limits));
  }

  @Override
  public void close() {
    sandbox.close();
  }
}
