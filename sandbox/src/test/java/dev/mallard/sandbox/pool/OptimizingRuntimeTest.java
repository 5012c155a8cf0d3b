package dev.mallard.sandbox.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.graalvm.polyglot.Engine;
import org.junit.jupiter.api.Test;

class OptimizingRuntimeTest {
  @Test
  void theStockJdkCompilesProgramsWithTheseOptions() throws Exception {
    assertThat(OptimizingRuntime.isAvailable()).isTrue();
    assertThat(runtime(OptimizingRuntime.options())).isNotEqualTo("Interpreted");
  }

  @Test
  void withoutThemProgramsAreInterpreted() throws Exception {
    assertThat(runtime(List.of())).isEqualTo("Interpreted");
  }

  /** What the engine of a JVM with these options says that it is. */
  private static String runtime(List<String> options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(
        List.of(
            "-Xmx256m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dpolyglot.engine.WarnInterpreterOnly=false",
            "-classpath",
            System.getProperty("java.class.path"),
            Main.class.getName()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String text =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).isZero();
    return text;
  }

  static final class Main {
    private Main() {}

    public static void main(String[] arguments) {
      try (Engine engine = Engine.create("python")) {
        System.out.println(engine.getImplementationName());
      }
    }
  }
}
