package dev.mallard.sandbox.javascript;

import dev.mallard.sandbox.Coverage;
import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.GuestLanguage;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.Trace;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.executor.SilentListener;
import dev.mallard.sandbox.executor.Watchdog;
import dev.mallard.sandbox.polyglot.ConfinedEngine;
import java.time.Duration;
import java.util.Optional;
import org.graalvm.polyglot.Engine;

/** Runs one program in a process of its own, which ends with the verdict as a worker's does. */
final class LoneProgram {
  private LoneProgram() {}

  public static void main(String[] arguments) {
    Engine engine = ConfinedEngine.of("js");
    JavaScriptExecutor executor = new JavaScriptExecutor(engine, new Watchdog());
    Execution execution =
        new Execution(
            GuestLanguage.JAVASCRIPT,
            arguments[0],
            TestSuite.EMPTY,
            Limits.DEFAULT.withWallClock(Duration.ofSeconds(2)));
    new Thread(null, () -> executor.execute(execution, new Last()), "program", 32L << 20).start();
  }

  private static final class Last extends SilentListener {
    private static void say(Verdict verdict) {
      System.out.println(verdict.getClass().getSimpleName());
      Runtime.getRuntime().halt(0);
    }

    @Override
    public void finished(
        Verdict verdict, Duration elapsed, Optional<Trace> trace, Optional<Coverage> coverage) {
      say(verdict);
    }

    @Override
    public void abandoned(Verdict verdict, Duration elapsed) {
      say(verdict);
    }
  }
}
