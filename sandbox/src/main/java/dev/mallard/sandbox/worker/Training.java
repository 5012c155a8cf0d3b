package dev.mallard.sandbox.worker;

import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.GuestLanguage;
import dev.mallard.sandbox.executor.Executor;
import dev.mallard.sandbox.executor.Watchdog;

/** Does what a worker does in its first minute, so that the JVM can record what that needs. */
public final class Training {
  /** As much as a worker has. */
  private static final long STACK_BYTES = 32L << 20;

  private Training() {}

  /** Whether a worker of that language starts faster after training. */
  public static boolean helps(GuestLanguage language) {
    return !TypicalPrograms.of(language).isEmpty();
  }

  /** Trains for the language that is the only argument. */
  public static void main(String[] arguments) throws InterruptedException {
    GuestLanguage language = GuestLanguage.valueOf(arguments[0]);
    HeapGuard.install();
    Thread programs = new Thread(null, () -> train(language), "programs", STACK_BYTES);
    programs.setUncaughtExceptionHandler((thread, thrown) -> {
      thrown.printStackTrace();
      Runtime.getRuntime().halt(1);
    });
    programs.start();
    programs.join();
  }

  private static void train(GuestLanguage language) {
    Executor executor = Executors.of(language, new Watchdog());
    WarmUp warmUp = new WarmUp(executor, language);
    boolean more = true;
    while (more) {
      more = executor.prepare() || warmUp.step();
    }
    for (Execution program : TypicalPrograms.of(language)) {
      executor.check(program.tests());
      executor.execute(program, new Silence());
    }
    executor.close();
  }
}
