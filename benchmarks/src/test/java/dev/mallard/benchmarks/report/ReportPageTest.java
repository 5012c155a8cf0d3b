package dev.mallard.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.mallard.benchmarks.evaluation.HostileRun;
import dev.mallard.benchmarks.evaluation.RunFolder;
import dev.mallard.benchmarks.evaluation.SampleRun;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opens pages in a browser; {@code src/test/browser/report.test.mjs} says what is checked. */
class ReportPageTest {
  private static final List<String> FILES =
      List.of("package.json", "package-lock.json", "report.test.mjs");

  @TempDir private Path folder;

  @Test
  void worksInABrowser() throws Exception {
    Optional<Path> browser =
        Stream.of("chromium", "chromium-browser", "google-chrome")
            .flatMap(name -> command(name).stream())
            .findFirst();
    assumeThat(browser)
        .as("a browser opens the report: install Debian's package chromium")
        .isPresent();
    assumeThat(command("node").isPresent() && command("npm").isPresent())
        .as("node drives the browser: install Debian's packages nodejs and npm")
        .isTrue();
    Path work = Path.of("target", "browser");
    Files.createDirectories(work.resolve("screenshots"));
    for (String file : FILES) {
      Files.copy(
          Path.of("src", "test", "browser", file),
          work.resolve(file),
          StandardCopyOption.REPLACE_EXISTING);
    }
    Ended fetched =
        run(
            work,
            Map.of(),
            "npm",
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--prefer-offline");
    assumeThat(fetched.exitCode())
        .as("npm fetches what drives the browser: let it reach its registry%n%s", fetched.output())
        .isZero();
    RunFolder first = SampleRun.of(1, 0.13).write(folder.resolve("first"));
    RunFolder second = SampleRun.of(2, 0.2).write(folder.resolve("second"));
    RunFolder single = new SampleRun(3, 0.13, 60, 1, 12, false).write(folder.resolve("sampling"));
    RunFolder hostile = HostileRun.write(folder.resolve("hostile"));
    Ended tested =
        run(
            work,
            Map.of(
                "REPORT", page("report.html", first, second),
                "SINGLE", page("single.html", single),
                "HOSTILE", page("hostile.html", hostile),
                "CHROMIUM", browser.orElseThrow().toString(),
                "SCREENSHOTS", work.resolve("screenshots").toAbsolutePath().toString()),
            "node",
            "--test",
            "report.test.mjs");
    assertThat(tested.exitCode()).as("%s", tested.output()).isZero();
    assertThat(tested.output()).contains("fail 0").doesNotContain("pass 0");
  }

  private String page(String name, RunFolder... runs) {
    Path file = folder.resolve(name);
    Report.write(List.of(runs), file);
    return file.toString();
  }

  /** What came of a command. */
  private record Ended(int exitCode, String output) {}

  private static Ended run(Path folder, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    Path output = folder.resolve(command[0] + ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    if (!process.waitFor(8, TimeUnit.MINUTES)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new AssertionError(command[0] + " does not end:\n" + Files.readString(output));
    }
    return new Ended(process.exitValue(), Files.readString(output));
  }

  private static Optional<Path> command(String name) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
