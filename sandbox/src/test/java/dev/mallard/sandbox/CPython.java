package dev.mallard.sandbox;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The reference interpreter of Python, with which the sandbox's verdicts are compared. It confines
 * nothing: only programs of published data sets are run in it.
 */
public final class CPython implements AutoCloseable {
  /** What is not the program's: the interpreter itself. */
  private static final long INTERPRETER_BYTES = 64L << 20;

  private static final String DRIVER = "cpython_driver.py";

  private final JsonMapper json = JsonMapper.shared();
  private final String interpreter;
  private final Path directory;
  private final Path driver;

  private CPython(String interpreter) throws IOException {
    this.interpreter = interpreter;
    directory = Files.createTempDirectory("cpython");
    driver = directory.resolve(DRIVER);
    try (InputStream source = CPython.class.getResourceAsStream(DRIVER)) {
      Files.copy(source, driver);
    }
  }

  /**
   * How a run ended.
   *
   * @param kind its verdict
   * @param exception the exception that ended it, if one did
   * @param message what that says
   * @param elapsed wall-clock time with the start of the interpreter
   */
  record Outcome(VerdictKind kind, Optional<String> exception, String message, Duration elapsed) {}

  /**
   * The interpreter that the system property {@code mallard.python} names, or {@code python3} on
   * the path; in both cases the real one, not a launcher in front of it.
   *
   * @return empty if there is none
   */
  public static Optional<CPython> find() throws InterruptedException {
    String name = System.getProperty("mallard.python", "python3");
    try {
      Process process =
          new ProcessBuilder(name, "-c", "import sys; print(sys.executable)")
              .redirectError(Redirect.DISCARD)
              .start();
      String path =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor() == 0 ? Optional.of(new CPython(path)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // There is no such program.
    }
  }

  /** The path of the interpreter. */
  public String interpreter() {
    return interpreter;
  }

  /** Runs a program and its tests. May be used by several threads. */
  Outcome run(String program, String tests, Limits limits) throws InterruptedException {
    try {
      Path place = Files.createTempDirectory(directory, "run");
      Path result = place.resolve("result.json");
      List<String> command = new ArrayList<>(List.of(interpreter, "-I", driver.toString()));
      command.add(Files.writeString(place.resolve("program.py"), program).toString());
      command.add(Files.writeString(place.resolve("tests.py"), tests).toString());
      command.add(result.toString());
      command.add(Long.toString(INTERPRETER_BYTES + ((long) limits.heapMebibytes() << 20)));
      long start = System.nanoTime();
      Process process =
          new ProcessBuilder(command)
              .directory(place.toFile())
              .redirectInput(Redirect.from(new File("/dev/null")))
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start();
      boolean ended;
      try {
        ended = process.waitFor(limits.wallClock().toNanos(), TimeUnit.NANOSECONDS);
      } finally {
        process.destroyForcibly().waitFor();
      }
      Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
      Outcome outcome = outcome(result, ended, process.exitValue(), elapsed);
      delete(place);
      return outcome;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Outcome outcome(Path result, boolean ended, int status, Duration elapsed)
      throws IOException {
    if (!ended) {
      return new Outcome(VerdictKind.TIMED_OUT, Optional.empty(), "", elapsed);
    }
    if (!Files.exists(result)) {
      return new Outcome(
          VerdictKind.CRASHED, Optional.of("SystemExit"), "status " + status, elapsed);
    }
    JsonNode said = json.readTree(Files.readString(result));
    VerdictKind kind = VerdictKind.valueOf(said.get("kind").asString());
    Optional<String> exception =
        Optional.of(said.get("type").asString()).filter(type -> !type.equals("NoneType"));
    return new Outcome(kind, exception, said.get("message").asString(), elapsed);
  }

  /** Deletes its files. */
  @Override
  public void close() {
    try {
      delete(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path place) throws IOException {
    try (Stream<Path> files = Files.walk(place)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
