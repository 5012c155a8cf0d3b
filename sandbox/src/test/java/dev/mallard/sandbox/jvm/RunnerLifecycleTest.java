package dev.mallard.sandbox.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.UnconfinedException;
import dev.mallard.sandbox.Verdict.Crashed;
import dev.mallard.sandbox.Verdict.Failed;
import dev.mallard.sandbox.Verdict.Passed;
import dev.mallard.sandbox.confinement.Confinement;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Confined JVMs are there when they are needed, and at no other time. */
class RunnerLifecycleTest {
  private static final String ENDLESS =
      """
      class Solution {
        static int f() {
          System.out.println("running");
          for (int i = 0; i < 5; i++) {
            new Thread(() -> {
              while (true) { try { System.in.read(); } catch (Throwable e) { } }
            }).start();
          }
          Runtime.getRuntime().addShutdownHook(new Thread(() -> { while (true) { } }));
          while (true) { Thread.onSpinWait(); }
        }
      }
      """;

  /** An executor in a process of its own, with a program that does not end. */
  static final class Worker {
    private Worker() {}

    public static void main(String[] arguments) {
      try (JavaRuns runs = new JavaRuns()) {
        while (runs.executor().prepare()) {
          // Spares must end as well.
        }
        System.out.println("ready");
        runs.report(ENDLESS, TestSuite.asserts("assert Solution.f() == 0;"));
      }
    }
  }

  @Test
  void whereNothingConfinesProgramsNoneRuns() {
    assertThatThrownBy(() -> new JavaExecutor(List.of()).close())
        .isInstanceOf(UnconfinedException.class)
        .hasMessageContaining("install bubblewrap");
  }

  @Test
  void everyWayToConfineDoes() {
    Assumptions.assumeFalse(Confinement.available().isEmpty(), "No tools that confine");
    for (Confinement confinement : Confinement.available()) {
      try (JavaRuns runs = new JavaRuns(List.of(confinement))) {
        String program =
            """
            class Solution {
              static String listing() {
                return new java.util.TreeSet<>(java.util.Arrays.asList(new java.io.File("/").list()))
                    .toString();
              }
              static String read() throws Exception {
                return java.nio.file.Files.readString(java.nio.file.Path.of("/etc/passwd"));
              }
              static int execute() throws Exception {
                return new ProcessBuilder("/jdk/bin/java").start().waitFor();
              }
              static void connect() throws Exception {
                new java.net.Socket("127.0.0.1", 22).close();
              }
            }
            """;
        String tests =
            """
            assert true;
            assert Solution.listing() == null;
            assert Solution.read() == null;
            assert Solution.execute() == 0;
            { Solution.connect(); assert true; }
            """;
        var results = runs.report(program, TestSuite.asserts(tests)).tests();
        assertThat(results.get(0).verdict()).isEqualTo(new Passed(1));
        assertThat(results.get(1).verdict())
            .isInstanceOfSatisfying(
                Failed.class,
                failed ->
                    assertThat(failed.comparison().orElseThrow().actual())
                        .contains("dev", "jdk", "runner")
                        .doesNotContain("home", "proc", "tmp"));
        assertThat(results.subList(2, 5))
            .extracting(result -> result.verdict() instanceof Crashed crash ? crash.type() : "")
            .satisfiesExactly(
                reading -> assertThat(reading).isEqualTo("NoSuchFileException"),
                executing -> assertThat(executing).isEqualTo("IOException"),
                connecting -> assertThat(connecting).isIn("ConnectException", "SocketException"));
      }
    }
  }

  @Test
  void runnersEndWithTheirWorkerHoweverItEnds(@TempDir Path directory) throws Exception {
    assumeConfinement();
    Process worker =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + directory,
                "-classpath",
                System.getProperty("java.class.path"),
                Worker.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(worker.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(out.readLine()).isEqualTo("ready");
      List<ProcessHandle> runners = worker.descendants().toList();
      assertThat(runners).isNotEmpty();
      worker.destroyForcibly().waitFor();
      for (ProcessHandle runner : runners) {
        runner.onExit().get(20, TimeUnit.SECONDS);
      }
    }
  }

  /** The outermost process is a tool that confines, the innermost one the JVM. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aProgramWhoseJvmIsKilledRunsOnceMore(boolean outermost) throws Exception {
    String program =
        """
        class Solution {
          static int f() throws Exception { Thread.sleep(2000); return 1; }
        }
        """;
    try (JavaRuns runs = new JavaRuns()) {
      while (runs.executor().prepare()) {
        // Those that are ready are killed as well.
      }
      Thread killer =
          Thread.ofVirtual()
              .start(() -> {
                LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
                ProcessHandle.current()
                    .descendants()
                    .filter(process ->
                        outermost
                            ? process.parent().equals(Optional.of(ProcessHandle.current()))
                            : process.children().findAny().isEmpty())
                    .forEach(ProcessHandle::destroyForcibly);
              });
      String tests = "assert Solution.f() == 1;\nassert Solution.f() == 2;";
      Report report = runs.report(program, TestSuite.asserts(tests));
      killer.join();
      assertThat(report.tests())
          .extracting(result -> result.verdict().passed())
          .containsExactly(true, false);
      assertThat(report.elapsed()).isGreaterThan(Duration.ofSeconds(4));
    }
  }

  @Test
  void aProgramThatEndsItselfIsNotRunAgain() {
    assumeConfinement();
    try (JavaRuns runs = new JavaRuns()) {
      String program =
          """
          class Solution {
            static int f() {
              System.out.println("once");
              System.out.flush();
              try { Thread.sleep(200); } catch (InterruptedException e) { }
              Runtime.getRuntime().halt(1);
              return 1;
            }
          }
          """;
      Report report = runs.report(program, TestSuite.asserts("assert Solution.f() == 1;"));
      assertThat(report.verdict())
          .isInstanceOfSatisfying(
              Crashed.class, crash -> assertThat(crash.type()).isEqualTo("SystemExit"));
      assertThat(report.standardOutput()).isEqualTo("once\n");
    }
  }

  @Test
  void aClosedExecutorLeavesNothing() throws IOException {
    assumeConfinement();
    List<ProcessHandle> before = ProcessHandle.current().descendants().toList();
    List<Path> files = temporary();
    JavaRuns runs = new JavaRuns();
    while (runs.executor().prepare()) {
      // Spares must end as well.
    }
    runs.close();
    assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
        .isSubsetOf(before);
    assertThat(temporary()).isEqualTo(files);
  }

  private static List<Path> temporary() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("mallard-java-"))
          .sorted()
          .toList();
    }
  }

  private static void assumeConfinement() {
    new JavaRuns().close();
  }
}
