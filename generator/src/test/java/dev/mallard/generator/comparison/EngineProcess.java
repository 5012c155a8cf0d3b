package dev.mallard.generator.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs one engine in a process of its own: what it holds of memory and threads must not be there
 * while another is measured, and some native code hangs when it is closed.
 *
 * @param mainClass what to run, by name, since not every class is compiled everywhere
 * @param javaOptions for the Java that runs it
 * @param environment variables that it gets besides the inherited ones
 * @param output file that receives what it prints, and beside it another for errors
 */
record EngineProcess(
    String mainClass, List<String> javaOptions, Map<String, String> environment, Path output) {
  private static final int MAXIMUM_MINUTES = 30;

  /**
   * Runs the process to its end.
   *
   * @return the lines that it printed
   * @throws IOException if it failed; the message says why, in a line
   */
  List<String> run(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(javaOptions);
    command.addAll(List.of("-classpath", System.getProperty("java.class.path"), mainClass));
    command.addAll(arguments);
    Path errors = output.resolveSibling(output.getFileName() + ".errors");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      if (!process.waitFor(MAXIMUM_MINUTES, TimeUnit.MINUTES)) {
        throw new IOException("not done after %d minutes".formatted(MAXIMUM_MINUTES));
      }
    } finally {
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      throw new IOException(reason(process.exitValue(), errors));
    }
    return Files.readAllLines(output);
  }

  /** The last cause in the stack trace, or how the process ended. */
  private static String reason(int exitValue, Path errors) throws IOException {
    return Files.readAllLines(errors).stream()
        .filter(line -> line.startsWith("Exception in thread") || line.startsWith("Caused by: "))
        .reduce((earlier, later) -> later)
        .orElse("it ended with %d; see %s".formatted(exitValue, errors));
  }
}
