package dev.mallard.sandbox.worker;

import dev.mallard.sandbox.GuestLanguage;
import dev.mallard.sandbox.executor.CheckingExecutor;
import dev.mallard.sandbox.executor.Executor;
import dev.mallard.sandbox.executor.Watchdog;
import dev.mallard.sandbox.javascript.JavaScriptExecutor;
import dev.mallard.sandbox.jvm.JavaExecutor;
import dev.mallard.sandbox.polyglot.ConfinedEngine;
import dev.mallard.sandbox.python.PythonExecutor;
import dev.mallard.sandbox.sql.SqlExecutor;

/** Makes the executor of a language: the one place that knows them all. */
final class Executors {
  private Executors() {}

  static Executor of(GuestLanguage language, Watchdog watchdog) {
    return switch (language) {
      case PYTHON -> new PythonExecutor(ConfinedEngine.of("python"), watchdog);
      case JAVASCRIPT ->
          new CheckingExecutor(new JavaScriptExecutor(ConfinedEngine.of("js"), watchdog));
      case JAVA -> new CheckingExecutor(new JavaExecutor());
      case SQL -> new SqlExecutor(watchdog);
    };
  }
}
