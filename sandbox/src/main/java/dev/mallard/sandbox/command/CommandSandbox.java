package dev.mallard.sandbox.command;

import dev.mallard.sandbox.CommandLanguage;
import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.GuestLanguage;
import dev.mallard.sandbox.MalformedTestsException;
import dev.mallard.sandbox.ProgramLanguage;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.Sandbox;
import dev.mallard.sandbox.SandboxException;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.Verdict.Malformed;
import dev.mallard.sandbox.confinement.Confinement;
import dev.mallard.sandbox.executor.SourceText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Runs the programs of {@link CommandLanguage}s, as many at a time as there are processors, and
 * hands all others to another sandbox.
 *
 * <p>Each exchange is a run of the command from a fresh state, in processes that the operating
 * system confines: they see the programs and libraries of the system, the language's folder and the
 * program, all of it read-only, and can write into an empty folder in memory, which is gone when
 * they end. Nothing is observed. No process outlives {@link #close}, nor the end of this JVM.
 */
public final class CommandSandbox implements Sandbox {
  private final Supplier<Sandbox> supplier;
  private final Launcher launcher;
  private final Semaphore turns = new Semaphore(Runtime.getRuntime().availableProcessors(), true);
  private Optional<Sandbox> others = Optional.empty();
  private boolean closed;

  /**
   * Makes one.
   *
   * @param others starts the sandbox of all other languages, when it is first needed; it is closed
   *     with this one
   */
  public CommandSandbox(Supplier<Sandbox> others) {
    this(others, Confinement.available());
  }

  CommandSandbox(Supplier<Sandbox> others, List<Confinement> confinements) {
    supplier = others;
    launcher = new Launcher(confinements);
  }

  @Override
  public Report run(Execution execution) throws InterruptedException {
    return switch (execution.language()) {
      case GuestLanguage known -> others().run(execution);
      case CommandLanguage language -> run(language, execution);
    };
  }

  @Override
  public Optional<Malformed> check(ProgramLanguage language, TestSuite tests)
      throws InterruptedException {
    return switch (language) {
      case GuestLanguage known -> others().check(known, tests);
      case CommandLanguage command -> {
        launcher.requireConfinement(command);
        yield problem(command, tests);
      }
    };
  }

  private static Optional<Malformed> problem(CommandLanguage language, TestSuite tests) {
    if (tests.isEmpty() || tests instanceof TestSuite.StandardIo) {
      return SourceText.problem(tests.source());
    }
    String message =
        "tests of %s are exchanges of standard input and output".formatted(language.name());
    return Optional.of(new Malformed(message, 1, 1));
  }

  private Report run(CommandLanguage language, Execution execution) throws InterruptedException {
    Optional<Malformed> malformedTests = problem(language, execution.tests());
    if (malformedTests.isPresent()) {
      throw new MalformedTestsException(malformedTests.get());
    }
    Optional<Malformed> malformed = SourceText.problem(execution.program());
    if (malformed.isPresent()) {
      return new Report(malformed.get(), "", "", Duration.ZERO);
    }
    turns.acquire();
    try {
      launcher.requireConfinement(language);
      Report report;
      try (Place place = Place.of(language, execution.program())) {
        report = new CommandRun(language, execution, launcher, place).run();
      }
      if (isClosed()) {
        throw new SandboxException("The sandbox was closed while a program ran", null);
      }
      return report;
    } finally {
      turns.release();
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private synchronized Sandbox others() {
    if (closed) {
      throw new SandboxException("The sandbox is closed", null);
    }
    if (others.isEmpty()) {
      others = Optional.of(supplier.get());
    }
    return others.get();
  }

  @Override
  public void close() {
    Optional<Sandbox> started;
    synchronized (this) {
      closed = true;
      started = others;
    }
    launcher.close();
    started.ifPresent(Sandbox::close);
  }
}
