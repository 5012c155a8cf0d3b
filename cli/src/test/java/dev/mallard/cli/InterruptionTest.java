package dev.mallard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class InterruptionTest {
  @TempDir private Path folder;

  @Test
  void aCommandThatListensEndsInOrder() throws Exception {
    assertThat(endOf("listening")).isEqualTo("ended in order");
  }

  @Test
  void aCommandThatDoesNotListenHasItsResourcesClosedWithinASecond() throws Exception {
    assertThat(endOf("deaf")).isEqualTo("closed for it");
  }

  /** Runs the program below, sends it SIGINT, and returns what it wrote at its end. */
  private String endOf(String behaviour) throws Exception {
    Path started = folder.resolve("started");
    Path ended = folder.resolve("ended");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName(),
                behaviour,
                started.toString(),
                ended.toString())
            .inheritIO()
            .start();
    try {
      for (int i = 0; i < 400 && !Files.exists(started); i++) {
        Thread.sleep(25);
      }
      Instant signal = Instant.now();
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(Duration.between(signal, Instant.now())).isLessThan(Duration.ofSeconds(2));
      assertThat(process.exitValue()).isEqualTo(130);
      return Files.readString(ended);
    } finally {
      process.destroyForcibly();
    }
  }

  /** A command that works until it is interrupted, or does not care. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) throws Exception {
      Path ended = Path.of(arguments[2]);
      Interruption interruption = Interruption.watch(Thread.currentThread());
      interruption.closing(() -> Files.writeString(ended, "closed for it"));
      Files.writeString(Path.of(arguments[1]), "");
      if (arguments[0].equals("listening")) {
        try {
          Thread.sleep(60_000);
        } catch (InterruptedException e) {
          Files.writeString(ended, "ended in order");
        }
      } else {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < end) {
          // Parking ends at once on an interrupt, as a sleep would; a native call does not.
          Thread.onSpinWait();
        }
      }
      interruption.finished();
      System.exit(ExitCode.INTERRUPTED);
    }
  }
}
