package dev.mallard.sandbox.worker;

import dev.mallard.sandbox.GuestLanguage;
import dev.mallard.sandbox.executor.CheckingExecutor;
import dev.mallard.sandbox.executor.Executor;
import dev.mallard.sandbox.executor.Watchdog;
import dev.mallard.sandbox.javascript.JavaScriptExecutor;
import dev.mallard.sandbox.jvm.JavaExecutor;
import dev.mallard.sandbox.python.PythonExecutor;
import dev.mallard.sandbox.sql.SqlExecutor;
import java.io.InputStream;
import java.io.OutputStream;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.SandboxPolicy;

/** Makes the executor of a language: the one place that knows them all. */
final class Executors {
  private Executors() {}

  static Executor of(GuestLanguage language, Watchdog watchdog) {
    return switch (language) {
      case PYTHON -> new PythonExecutor(engine("python"), watchdog);
      case JAVASCRIPT -> new CheckingExecutor(new JavaScriptExecutor(engine("js"), watchdog));
      case JAVA -> new CheckingExecutor(new JavaExecutor());
      case SQL -> new SqlExecutor(watchdog);
    };
  }

  private static Engine engine(String language) {
    return Engine.newBuilder(language)
        .sandbox(SandboxPolicy.CONSTRAINED)
        .in(InputStream.nullInputStream())
        .out(OutputStream.nullOutputStream())
        .err(OutputStream.nullOutputStream())
        .build();
  }
}
