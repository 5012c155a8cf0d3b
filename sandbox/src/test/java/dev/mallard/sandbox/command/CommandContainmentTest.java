package dev.mallard.sandbox.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.SandboxException;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.TestSuite.Exchange;
import dev.mallard.sandbox.TestSuite.StandardIo;
import dev.mallard.sandbox.Verdict.Crashed;
import dev.mallard.sandbox.Verdict.Malformed;
import dev.mallard.sandbox.Verdict.OutOfMemory;
import dev.mallard.sandbox.Verdict.Passed;
import dev.mallard.sandbox.Verdict.TimedOut;
import dev.mallard.sandbox.confinement.Confinement;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Hostile programs of the shell: none gets out, and after each the next one runs. */
@TestInstance(Lifecycle.PER_CLASS)
class CommandContainmentTest {
  private static final String MARK = "mallard-mark-" + ProcessHandle.current().pid();

  private ShellRuns runs;
  private Path folder = Path.of("");

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    folder = directory;
    Files.writeString(directory.resolve("secret.txt"), "in the folder");
    runs = ShellRuns.in(directory);
  }

  @AfterEach
  void theNextProgramRunsAndNothingIsLeftOfThoseBefore() throws InterruptedException {
    assertThat(runs.verdict("cat", new Exchange("42", "42"))).isEqualTo(new Passed(1));
    assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive)).isEmpty();
  }

  @AfterAll
  void stop() {
    if (runs != null) {
      runs.close();
    }
  }

  // What is outside

  @Test
  void filesOfTheUserAreNeitherReadNorWritten() throws InterruptedException {
    String home = System.getProperty("user.home");
    assertThat(runs.printed("cat /etc/passwd")).contains("No such file");
    assertThat(runs.printed("ls " + home)).contains("No such file");
    assertThat(runs.printed("echo x > %s/%s".formatted(home, MARK))).contains("No such file");
    assertThat(runs.printed("echo x > %s/%s".formatted(folder, MARK))).contains("No such file");
    assertThat(Path.of(home, MARK)).doesNotExist();
    assertThat(folder.resolve(MARK)).doesNotExist();
  }

  @Test
  void whatIsSeenCannotBeWritten() throws InterruptedException {
    for (String place : List.of("/", "/usr/", "/usr/bin/", "/language/", "/program/", "/dev/")) {
      assertThat(runs.printed("echo x > " + place + MARK))
          .containsAnyOf("Read-only file system", "Permission denied");
    }
    assertThat(runs.printed("echo x >> /language/secret.txt"))
        .containsAnyOf("Read-only file system", "Permission denied");
    assertThat(runs.printed("echo x >> /program/program.sh"))
        .containsAnyOf("Read-only file system", "Permission denied");
    assertThat(runs.printed("cat /language/secret.txt")).isEqualTo("in the folder");
  }

  @Test
  void onlyAFolderInMemoryIsWrittenToAndIsOfLimitedSize() throws InterruptedException {
    assertThat(runs.printed("cd; pwd; echo x > f && cat f")).isEqualTo("/tmp\nx");
    assertThat(runs.printed("for i in 1 2 3; do yes | head -c 50m > /tmp/$i; done"))
        .contains("No space left");
    assertThat(Path.of("/tmp/f")).doesNotExist();
  }

  @Test
  void theEnvironmentTellsNothing() throws InterruptedException {
    assertThat(runs.printed("env | sort").lines().map(line -> line.replaceAll("=.*", "")))
        .isSubsetOf(
            "HOME", "LANG", "MALLOC_ARENA_MAX", "OLDPWD", "PATH", "PWD", "SHLVL", "TMPDIR", "_");
  }

  @Test
  void connectionsDoNotArrive() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String connect =
          "exec 3<>/dev/tcp/127.0.0.1/%d && echo connected".formatted(server.getLocalPort());
      assertThat(runs.printed(connect))
          .doesNotContain("connected")
          .containsAnyOf("unreachable", "refused");
      server.setSoTimeout(100);
      assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void otherProcessesAreNotSeen() throws InterruptedException {
    long own = ProcessHandle.current().pid();
    assertThat(runs.printed("kill -9 %d || echo refused".formatted(own))).contains("refused");
    assertThat(runs.printed("ls /proc")).contains("No such file");
  }

  @Test
  void thereAreNoPrivilegesToBeHad() throws InterruptedException {
    assertThat(runs.printed("id -u")).isEqualTo("65534");
    assertThat(runs.printed("mount -t tmpfs x /tmp && echo mounted")).doesNotContain("mounted");
    assertThat(runs.printed("chroot / true && echo rooted")).doesNotContain("rooted");
  }

  @Test
  void everyWayToConfineDoes(@TempDir Path directory) throws InterruptedException {
    for (Confinement confinement : Confinement.available()) {
      try (ShellRuns others = ShellRuns.in(directory, List.of(confinement))) {
        assertThat(others.verdict("cat; echo x > /language/x", new Exchange("a", "a")))
            .as("%s", confinement)
            .isInstanceOf(Crashed.class);
        assertThat(others.verdict("echo x > /tmp/x; cat", new Exchange("a", "a")))
            .as("%s", confinement)
            .isEqualTo(new Passed(1));
      }
    }
  }

  // Taking what there is

  @Test
  void anEndlessLoopEnds() throws InterruptedException {
    Report report = runs.report("while :; do :; done", TestSuite.EMPTY, ShellRuns.SHORT);
    assertThat(report.verdict()).isInstanceOf(TimedOut.class);
    assertThat(report.elapsed()).isLessThan(Duration.ofSeconds(8));
  }

  @Test
  void ignoringSignalsDoesNotHelp() throws InterruptedException {
    String program = "trap '' TERM INT HUP; setsid sleep 100 & sleep 100";
    assertThat(runs.report(program, TestSuite.EMPTY, ShellRuns.SHORT).verdict())
        .isInstanceOf(TimedOut.class);
  }

  @Test
  void whatAProgramLeavesBehindEndsWithIt() throws InterruptedException {
    assertThat(runs.verdict("setsid sleep 100 & echo done", new Exchange("", "done")))
        .isEqualTo(new Passed(1));
  }

  @Test
  void endlessOutputIsCut() throws InterruptedException {
    Report report = runs.report("yes flood & exec yes flood >&2", TestSuite.EMPTY, ShellRuns.SHORT);
    assertThat(report.verdict()).isInstanceOf(TimedOut.class);
    assertThat(report.standardOutput()).hasSize(10_000);
    assertThat(report.standardError()).hasSize(10_000);
  }

  @Test
  void aForkBombIsStoppedLongBeforeItsTimeIsUp() throws InterruptedException {
    Report report = runs.report("f() { f | f; }; f", TestSuite.EMPTY, ShellRuns.LIMITS);
    assertThat(report.verdict().passed()).isFalse();
    assertThat(report.elapsed()).isLessThan(Duration.ofSeconds(15));
  }

  @Test
  void manyIdleProcessesAreTooMany() throws InterruptedException {
    String program = "for i in $(seq 100); do sleep 100 & done; wait";
    assertThat(runs.report(program, TestSuite.EMPTY, ShellRuns.LIMITS).verdict())
        .isInstanceOfSatisfying(
            Crashed.class,
            crash -> assertThat(crash.message()).matches("too many processes|.*[Ff]ork.*"));
  }

  @Test
  void memoryIsLimited() throws InterruptedException {
    String program = "printf -v x '%1200000000s'; sleep 100";
    assertThat(runs.report(program, TestSuite.EMPTY, ShellRuns.LIMITS).verdict())
        .isInstanceOf(OutOfMemory.class);
  }

  @Test
  void memoryOfSeveralProcessesCountsTogether() throws InterruptedException {
    // Without pipes: processes that copy much through several can keep the one that watches them
    // from running for minutes, by a fault of some kernels (seen with Linux 6.18).
    String program = "for i in 1 2 3 4; do (printf -v x '%200000000s'; sleep 100) & done; wait";
    assertThat(runs.report(program, TestSuite.EMPTY, ShellRuns.LIMITS).verdict())
        .isInstanceOf(OutOfMemory.class);
  }

  @Test
  void aHugeInputThatIsNotReadIsNoHindrance() throws InterruptedException {
    assertThat(runs.verdict("echo 1", new Exchange("x".repeat(1 << 22), "1")))
        .isEqualTo(new Passed(1));
  }

  @Test
  void bytesThatAreNoTextAreFailedNotBroken() throws InterruptedException {
    assertThat(runs.verdict("printf '\\377\\0\\n'", new Exchange("", "x")).passed()).isFalse();
    assertThat(runs.verdict("printf 'line 99999999999: \\377' >&2; exit 1", new Exchange("", "x")))
        .isInstanceOfSatisfying(Crashed.class, crash -> assertThat(crash.line()).isEmpty());
    assertThat(runs.verdict("\uD800", new Exchange("", "x"))).isInstanceOf(Malformed.class);
  }

  @Test
  void closingTheSandboxEndsWhatRuns(@TempDir Path directory) throws Exception {
    ShellRuns others = ShellRuns.in(directory);
    FutureTask<Report> running =
        new FutureTask<>(() ->
            others.report(
                "exec sleep 100", new StandardIo(List.of(new Exchange("", ""))), ShellRuns.LIMITS));
    Thread.ofVirtual().start(running);
    awaitProcess(running);
    others.close();
    assertThatThrownBy(running::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(SandboxException.class);
  }

  @Test
  void interruptingTheCallerEndsWhatRuns() throws Exception {
    FutureTask<Report> running =
        new FutureTask<>(() -> runs.report("sleep 100", TestSuite.EMPTY, ShellRuns.LIMITS));
    Thread thread = Thread.ofVirtual().start(running);
    awaitProcess(running);
    thread.interrupt();
    assertThatThrownBy(running::get).hasCauseInstanceOf(InterruptedException.class);
  }

  /** Returns once a process has been started for it, be it confined yet or not. */
  private static void awaitProcess(FutureTask<Report> running) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (ProcessHandle.current().descendants().findAny().isEmpty()) {
      assertThat(running).isNotDone();
      assertThat(System.nanoTime()).as("no process was started").isLessThan(deadline);
      Thread.sleep(10);
    }
  }
}
