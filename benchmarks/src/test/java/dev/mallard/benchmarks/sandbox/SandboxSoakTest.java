package dev.mallard.benchmarks.sandbox;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.GuestLanguage;
import dev.mallard.sandbox.ProgramLanguage;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.Sandbox;
import dev.mallard.sandbox.SandboxException;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.Verdict.Crashed;
import dev.mallard.sandbox.Verdict.Failed;
import dev.mallard.sandbox.Verdict.Malformed;
import dev.mallard.sandbox.Verdict.OutOfMemory;
import dev.mallard.sandbox.Verdict.Passed;
import dev.mallard.sandbox.Verdict.TimedOut;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The soak test finds out a sandbox that is not right. */
class SandboxSoakTest {
  private static final int PROGRAMS = 300;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  void aSandboxThatIsAlwaysRightIsWell() throws InterruptedException {
    Map<Execution, SoakProgram> programs = programs();
    assertThat(soak(execution -> rightVerdict(requireNonNull(programs.get(execution))))).isTrue();
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("300 programs in [PYTHON, SQL] on 2 threads", "all is well");
  }

  @Test
  void aSandboxInWhichAllPassIsFoundOut() throws InterruptedException {
    assertThat(soak(execution -> new Passed(1))).isFalse();
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("PYTHON: fails: Passed[tests=1]", "are off");
  }

  @Test
  void aSandboxThatThrowsIsFoundOut() throws InterruptedException {
    Map<Execution, SoakProgram> programs = programs();
    AtomicInteger calls = new AtomicInteger();
    assertThat(
            soak(execution -> {
              if (calls.incrementAndGet() == 100) {
                throw new IllegalStateException("broken");
              }
              return rightVerdict(requireNonNull(programs.get(execution)));
            }))
        .isFalse();
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("299 verdicts", "broken");
  }

  private boolean soak(Function<Execution, Verdict> sandbox) throws InterruptedException {
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    return new SandboxSoak(new StandIn(sandbox), 2, out).run(PROGRAMS, Duration.ofHours(1));
  }

  private static Map<Execution, SoakProgram> programs() {
    Map<Execution, SoakProgram> programs = new HashMap<>();
    SoakPrograms source =
        new SoakPrograms(Set.of(GuestLanguage.PYTHON, GuestLanguage.SQL), SandboxSoak.SEED);
    for (int index = 0; index < PROGRAMS; index++) {
      SoakProgram program = source.next();
      programs.put(program.execution(), program);
    }
    return programs;
  }

  private static Verdict rightVerdict(SoakProgram program) {
    Verdict.Test test = new Verdict.Test(1, "");
    return List.of(
            new Passed(1),
            new Failed(test, Optional.empty(), Optional.empty(), 0),
            new Crashed("Error", "", Optional.empty(), Optional.empty(), 0),
            new TimedOut(Duration.ofSeconds(1), Optional.empty(), 0),
            new OutOfMemory(512, Optional.empty()),
            new Malformed("", 1, 1))
        .stream()
        .filter(program.right())
        .findFirst()
        .orElseThrow();
  }

  /** A sandbox for Python and SQL that runs nothing. */
  private record StandIn(Function<Execution, Verdict> verdicts) implements Sandbox {
    @Override
    public Report run(Execution execution) {
      GuestLanguage language = (GuestLanguage) execution.language();
      if (language == GuestLanguage.JAVA || language == GuestLanguage.JAVASCRIPT) {
        throw new SandboxException(language + " cannot be run", null);
      }
      boolean isProbe = execution.equals(SoakPrograms.probe(language).execution());
      Verdict verdict = isProbe ? new Passed(1) : verdicts.apply(execution);
      return new Report(verdict, "", "", Duration.ZERO);
    }

    @Override
    public Optional<Malformed> check(ProgramLanguage language, TestSuite tests) {
      return Optional.empty();
    }

    @Override
    public void close() {}
  }
}
