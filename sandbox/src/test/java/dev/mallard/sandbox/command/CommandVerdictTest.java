package dev.mallard.sandbox.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.sandbox.CommandLanguage;
import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.GuestLanguage;
import dev.mallard.sandbox.MalformedTestsException;
import dev.mallard.sandbox.ProgramLanguage;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.Sandbox;
import dev.mallard.sandbox.TestResult;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.TestSuite.Exchange;
import dev.mallard.sandbox.TestSuite.StandardIo;
import dev.mallard.sandbox.UnconfinedException;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.Verdict.Comparison;
import dev.mallard.sandbox.Verdict.Crashed;
import dev.mallard.sandbox.Verdict.Failed;
import dev.mallard.sandbox.Verdict.Malformed;
import dev.mallard.sandbox.Verdict.Passed;
import dev.mallard.sandbox.Verdict.TimedOut;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the runs of a user's command. */
@TestInstance(Lifecycle.PER_CLASS)
class CommandVerdictTest {
  private static final String ADD = "read a b; echo $((a + b))";

  private ShellRuns runs;

  @BeforeAll
  void start(@TempDir Path folder) throws InterruptedException {
    runs = ShellRuns.in(folder);
  }

  @AfterAll
  void stop() {
    if (runs != null) {
      runs.close();
    }
  }

  @Test
  void aProgramThatPrintsWhatItMustHasPassed() throws InterruptedException {
    assertThat(runs.verdict(ADD, new Exchange("3 4\n", "7"), new Exchange("20 22\n", "42\n")))
        .isEqualTo(new Passed(2));
  }

  @Test
  void aProgramWithoutTestsThatEndsWellHasPassed() throws InterruptedException {
    Report report = runs.report("echo hello; echo oops >&2", TestSuite.EMPTY, ShellRuns.LIMITS);
    assertThat(report.verdict()).isEqualTo(new Passed(0));
    assertThat(report.standardOutput()).isEqualTo("hello\n");
    assertThat(report.standardError()).isEqualTo("oops\n");
  }

  @Test
  void anotherOutputHasFailedWithBothSides() throws InterruptedException {
    Report report =
        runs.report(
            ADD,
            new StandardIo(List.of(new Exchange("1 1", "3"), new Exchange("1 2", "3"))),
            ShellRuns.LIMITS);
    assertThat(report.verdict())
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.test().number()).isEqualTo(1);
              assertThat(failed.comparison()).contains(new Comparison("standard output", "2", "3"));
              assertThat(failed.testsPassed()).isEqualTo(1);
            });
    assertThat(report.tests()).extracting(TestResult::passed).containsExactly(false, true);
  }

  @Test
  void eachExchangeStartsAfresh() throws InterruptedException {
    String program = "test -e /tmp/mark && echo marked || echo clean; touch /tmp/mark";
    assertThat(runs.verdict(program, new Exchange("", "clean"), new Exchange("", "clean")))
        .isEqualTo(new Passed(2));
  }

  @Test
  void aNonZeroExitIsACrashWithTheLineThatThePatternFinds() throws InterruptedException {
    assertThat(runs.verdict("echo 1\nrm /nothing/here\nno-such-command", new Exchange("", "1")))
        .isEqualTo(
            new Crashed(
                "Error",
                "no-such-command: command not found",
                Optional.of(3),
                Optional.of(new Verdict.Test(1, "input:\n\noutput:\n1")),
                0));
  }

  @Test
  void whereThePatternFindsNothingTheLastLineIsTheMessage() throws InterruptedException {
    assertThat(runs.verdict("echo first >&2; echo last >&2; exit 9", new Exchange("", "")))
        .isInstanceOfSatisfying(
            Crashed.class,
            crash -> {
              assertThat(crash.message()).isEqualTo("last");
              assertThat(crash.line()).isEmpty();
            });
    assertThat(runs.verdict("exit 9", new Exchange("", "")))
        .isInstanceOfSatisfying(
            Crashed.class, crash -> assertThat(crash.message()).isEqualTo("exit code 9"));
  }

  @Test
  void theExitCodeForSyntaxErrorsIsNoVerdictOnATest() throws InterruptedException {
    Report report =
        runs.report(
            "echo 1\nif then", new StandardIo(List.of(new Exchange("", "1"))), ShellRuns.LIMITS);
    assertThat(report.verdict())
        .isInstanceOfSatisfying(
            Malformed.class, malformed -> assertThat(malformed.line()).isEqualTo(2));
    assertThat(report.tests()).isEmpty();
  }

  @Test
  void theTimeOfAllExchangesIsLimited() throws InterruptedException {
    Report report =
        runs.report(
            "read x; test $x = stop && exec sleep 60; echo $x",
            new StandardIo(
                List.of(new Exchange("a", "a"), new Exchange("stop", "x"), new Exchange("b", "b"))),
            ShellRuns.SHORT);
    assertThat(report.verdict())
        .isInstanceOfSatisfying(
            TimedOut.class,
            late -> {
              assertThat(late.test()).map(Verdict.Test::number).contains(2);
              assertThat(late.testsPassed()).isEqualTo(1);
            });
    assertThat(report.tests()).hasSize(3);
    assertThat(report.elapsed()).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void whatIsNoTextIsNoProgram() throws InterruptedException {
    assertThat(runs.verdict("echo \0", new Exchange("", ""))).isInstanceOf(Malformed.class);
  }

  @Test
  void otherTestsThanExchangesAreRefused() throws InterruptedException {
    TestSuite statements = TestSuite.asserts("assert true");
    assertThat(runs.sandbox().check(runs.language(), statements))
        .map(Malformed::message)
        .contains("tests of Shell are exchanges of standard input and output");
    assertThatThrownBy(() -> runs.report(ADD, statements, ShellRuns.LIMITS))
        .isInstanceOf(MalformedTestsException.class);
  }

  @Test
  void theFolderOfTheLanguageAndWhatItNamesCanBeRead(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("interpreter.sh"), "cat \"$1\" && grep -c root /etc/passwd");
    List<String> command = List.of("bash", "{language}/interpreter.sh", "{program}");
    CommandLanguage without = ShellRuns.language(folder, command, List.of());
    CommandLanguage with = ShellRuns.language(folder, command, List.of(Path.of("/etc/passwd")));
    StandardIo tests = new StandardIo(List.of(new Exchange("", "x\n1")));
    assertThat(runs.sandbox().run(new Execution(without, "x\n", tests, ShellRuns.LIMITS)).verdict())
        .isInstanceOf(Malformed.class);
    assertThat(runs.sandbox().run(new Execution(with, "x\n", tests, ShellRuns.LIMITS)).verdict())
        .isEqualTo(new Passed(1));
  }

  @Test
  void javaIsHeldToTheLimitsByItsOptions(@TempDir Path folder) throws Exception {
    Files.writeString(
        folder.resolve("Hog.java"),
        """
        class Hog {
          static final java.util.List<byte[]> ALL = new java.util.ArrayList<>();

          public static void main(String[] arguments) throws Exception {
            System.out.println(Runtime.getRuntime().maxMemory() >> 20);
            System.out.println(java.nio.file.Files.readString(java.nio.file.Path.of(arguments[0])));
            while (System.in.read() >= 0) { ALL.add(new byte[1 << 24]); }
          }
        }
        """);
    CommandLanguage language =
        ShellRuns.language(
            folder, List.of("{java}", "{language}/Hog.java", "{program}"), List.of());
    StandardIo tests =
        new StandardIo(List.of(new Exchange("", "61\nné"), new Exchange("x".repeat(100), "61")));
    Report report = runs.sandbox().run(new Execution(language, "né", tests, ShellRuns.LIMITS));
    assertThat(report.tests().getFirst().verdict()).isEqualTo(new Passed(1));
    assertThat(report.verdict()).isInstanceOf(Verdict.OutOfMemory.class);
  }

  @Test
  void whereNothingConfinesProgramsNoneRuns(@TempDir Path folder) {
    CommandLanguage language = ShellRuns.language(folder, List.of("bash", "{program}"), List.of());
    try (CommandSandbox unconfined = new CommandSandbox(OtherSandbox::new, List.of())) {
      assertThatThrownBy(() -> unconfined.check(language, TestSuite.EMPTY))
          .isInstanceOf(UnconfinedException.class)
          .hasMessageContaining("Shell programs cannot be confined on this machine: install");
    }
  }

  @Test
  void otherLanguagesAreForTheOtherSandbox() throws InterruptedException {
    OtherSandbox other = new OtherSandbox();
    CommandSandbox sandbox = new CommandSandbox(() -> other, List.of());
    sandbox.run(new Execution(GuestLanguage.SQL, "select 1", TestSuite.EMPTY, ShellRuns.LIMITS));
    assertThat(sandbox.check(GuestLanguage.SQL, TestSuite.EMPTY)).isEmpty();
    sandbox.close();
    assertThat(other.log).containsExactly("run SQL", "check SQL", "close");
  }

  /** Writes down what it is asked. */
  private static final class OtherSandbox implements Sandbox {
    private final List<String> log = new ArrayList<>();

    @Override
    public Report run(Execution execution) {
      log.add("run " + execution.language());
      return new Report(new Passed(0), "", "", Duration.ZERO);
    }

    @Override
    public Optional<Malformed> check(ProgramLanguage language, TestSuite tests) {
      log.add("check " + language);
      return Optional.empty();
    }

    @Override
    public void close() {
      log.add("close");
    }
  }
}
