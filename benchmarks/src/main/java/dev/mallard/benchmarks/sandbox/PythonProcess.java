package dev.mallard.benchmarks.sandbox;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the sandbox is compared with: a process of CPython for each program, which confines nothing.
 */
final class PythonProcess {
  private final String interpreter;

  private PythonProcess(String interpreter) {
    this.interpreter = interpreter;
  }

  /**
   * The interpreter that the system property {@code mallard.python} names, or {@code python3} on
   * the path; in both cases the real one, so that a launcher in front of it costs nothing.
   */
  static Optional<PythonProcess> find() throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(
                  System.getProperty("mallard.python", "python3"),
                  "-c",
                  "import sys; print(sys.executable)")
              .redirectError(Redirect.DISCARD)
              .start();
      String path =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor() == 0 ? Optional.of(new PythonProcess(path)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // There is no such program.
    }
  }

  String interpreter() {
    return interpreter;
  }

  /** Runs a program and its tests; returns whether all is well. */
  boolean run(PythonProgram program) throws InterruptedException {
    try {
      Path file = Files.createTempFile("program", ".py");
      try {
        Files.writeString(file, program.program() + "\n" + program.tests() + "\n");
        Process process =
            new ProcessBuilder(interpreter, file.toString())
                .redirectInput(Redirect.from(new File("/dev/null")))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
        return process.waitFor() == 0;
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
