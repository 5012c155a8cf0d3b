package dev.mallard.cli;

import dev.mallard.generator.prompt.VisibleText;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;

/** Looks whether this machine has what Mallard needs. */
@Command(
    name = "doctor",
    description = "Says what Mallard finds on this machine, and what to do about what is missing.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(DoctorCommand.class);

  private final Services services;

  DoctorCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() throws InterruptedException {
    Path cache = services.cache();
    Map<String, Callable<Finding>> checks = new LinkedHashMap<>();
    checks.put("java", Checks::java);
    checks.put("memory", Checks::memory);
    checks.put("cache", () -> Checks.cache(cache));
    checks.put("engine", Checks::engine);
    checks.put("device", Checks::device);
    checks.put("sandbox", () -> Checks.sandbox(services.sandboxes()));
    boolean complete = true;
    for (Map.Entry<String, Callable<Finding>> check : checks.entrySet()) {
      Finding finding = look(check.getKey(), check.getValue());
      show(check.getKey(), finding);
      complete &= finding.status() != Finding.Status.MISSING;
    }
    return complete ? ExitCode.SUCCESS : ExitCode.FAILURE;
  }

  /** A check that fails in a way of its own is a finding too, and ends no other. */
  private Finding look(String name, Callable<Finding> check) throws InterruptedException {
    try {
      return check.call();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception | LinkageError e) {
      LOG.error("checking {}", name, e);
      return Finding.missing(
          Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName()),
          "The details are in %s.".formatted(LogFile.current(services.cache())));
    }
  }

  private void show(String name, Finding finding) {
    String word =
        switch (finding.status()) {
          case GOOD -> "ok";
          case WEAK -> "weak";
          case MISSING -> "missing";
        };
    String advice =
        finding.advice().isEmpty() ? "" : "\n%-17s -> %s".formatted("", finding.advice());
    services
        .console()
        .out()
        .println(VisibleText.of("%-8s %-8s %s%s".formatted(name, word, finding.detail(), advice)));
    services.console().out().flush();
  }
}
