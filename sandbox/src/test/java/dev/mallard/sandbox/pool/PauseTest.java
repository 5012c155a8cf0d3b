package dev.mallard.sandbox.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class PauseTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final char STOPPED = 'T';
  private static final char SLEEPING = 'S';

  private Process process;

  @BeforeEach
  void start() throws IOException {
    process = new ProcessBuilder("sleep", "300").start();
  }

  @AfterEach
  void end() {
    process.destroyForcibly();
  }

  @Test
  void theProcessStopsUntilThePauseIsClosed() throws Exception {
    try (Pause _ = Pause.of(process.pid(), LONG)) {
      await(STOPPED);
    }
    await(SLEEPING);
  }

  @Test
  void itGoesOnAfterTheLongestTime() throws Exception {
    try (Pause _ = Pause.of(process.pid(), Duration.ofMillis(300))) {
      await(STOPPED);
      await(SLEEPING);
    }
    assertThat(process.isAlive()).isTrue();
  }

  @Test
  void itGoesOnWhenTheJvmThatStoppedItIsKilled() throws Exception {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-classpath",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                Long.toString(process.pid()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      await(STOPPED);
    } finally {
      jvm.destroyForcibly();
    }
    await(SLEEPING);
  }

  @Test
  void aProcessThatIsGoneDoesNoHarm() throws Exception {
    process.destroyForcibly().waitFor();
    Pause pause = Pause.of(process.pid(), LONG);
    pause.close();
    pause.close();
    assertThat(process.isAlive()).isFalse();
  }

  private void await(char state) throws IOException, InterruptedException {
    for (int time = 0; time < 2000 && state() != state; time++) {
      Thread.sleep(10);
    }
    assertThat(state()).isEqualTo(state);
  }

  private char state() throws IOException {
    String status = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
    return status.charAt(status.lastIndexOf(')') + 2);
  }

  static final class Main {
    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
      Pause.of(Long.parseLong(arguments[0]), LONG);
      Thread.sleep(LONG);
    }
  }
}
