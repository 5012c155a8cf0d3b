package dev.mallard.sandbox.jvm;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import dev.mallard.sandbox.Verdict.Malformed;
import dev.mallard.sandbox.jvm.Compilation.Compiled;
import dev.mallard.sandbox.jvm.Compilation.Rejected;
import dev.mallard.sandbox.jvm.Compilation.Unfinished;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles source texts with the JDK's own compiler, in memory. */
final class ProgramCompiler implements AutoCloseable {
  /** A source text nests as deep as this allows; the default is enough for some 1,000 levels. */
  private static final long STACK_BYTES = 64L << 20;

  private static final List<String> OPTIONS =
      List.of(
          "-g",
          "-proc:none",
          "-implicit:none",
          "-nowarn",
          "-Xlint:none",
          "-Xmaxerrs",
          "10",
          "--limit-modules",
          RunnerCommand.GUEST_MODULES);

  private final JavaCompiler compiler;
  private final StandardJavaFileManager platform;

  ProgramCompiler() {
    JavaCompiler found = ToolProvider.getSystemJavaCompiler();
    if (found == null) {
      throw new IllegalStateException("This is a Java without a compiler: Mallard needs a JDK");
    }
    compiler = found;
    platform = compiler.getStandardFileManager(null, Locale.ENGLISH, StandardCharsets.UTF_8);
  }

  /**
   * Compiles.
   *
   * @param fileName what stack traces call it; a compact source file gets its class name from it
   * @param classPath classes that it may use besides the platform's, by binary name
   */
  Compilation compile(
      String fileName, String source, Map<String, byte[]> classPath, Duration limit) {
    CompletableFuture<Compilation> compilation = new CompletableFuture<>();
    Thread thread =
        new Thread(
            null,
            () -> compilation.complete(attempt(fileName, source, classPath)),
            "compiler",
            STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
    try {
      return compilation.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return new Unfinished();
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException("Nobody interrupts this thread, and nothing is thrown", e);
    }
  }

  private Compilation attempt(String fileName, String source, Map<String, byte[]> classPath) {
    try {
      return compileHere(fileName, source, classPath);
    } catch (Throwable e) { // Also stack overflow and lack of memory: the source is to blame.
      return new Rejected(
          new Malformed("the compiler gives up: " + e.getClass().getSimpleName(), 1, 1));
    }
  }

  private Compilation compileHere(String fileName, String source, Map<String, byte[]> classPath)
      throws IOException {
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    MemoryFileManager files = new MemoryFileManager(platform, classPath);
    JavacTask task =
        (JavacTask)
            compiler.getTask(
                Writer.nullWriter(),
                files,
                diagnostics,
                OPTIONS,
                null,
                List.of(new MemoryFileManager.SourceFileObject(fileName, source)));
    Iterable<? extends CompilationUnitTree> units = task.parse();
    if (hasErrors(diagnostics)) {
      return rejected(diagnostics, source);
    }
    CompilationUnitTree unit = units.iterator().next();
    // Before the compiler adds its own, such as the constructor of a class that has none.
    var lines = StatementLines.of(unit, Trees.instance(task).getSourcePositions());
    task.analyze();
    if (hasErrors(diagnostics)) {
      return rejected(diagnostics, source);
    }
    // Generation forgets the trees, so what is wanted of them is taken before.
    List<String> imports = new ArrayList<>();
    for (ImportTree declaration : unit.getImports()) {
      imports.add(declaration.toString().strip().replaceAll(";$", ""));
    }
    List<String> types = new ArrayList<>();
    for (Tree type : unit.getTypeDecls()) {
      if (type instanceof ClassTree declaration) {
        types.add(declaration.getSimpleName().toString());
      }
    }
    String packageName = unit.getPackageName() == null ? "" : unit.getPackageName().toString();
    task.generate();
    if (hasErrors(diagnostics)) {
      return rejected(diagnostics, source);
    }
    return new Compiled(packageName, imports, types, files.written(), lines);
  }

  private static boolean hasErrors(DiagnosticCollector<JavaFileObject> diagnostics) {
    return diagnostics.getDiagnostics().stream()
        .anyMatch(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR);
  }

  private static Rejected rejected(DiagnosticCollector<JavaFileObject> diagnostics, String source) {
    for (Diagnostic<? extends JavaFileObject> diagnostic : diagnostics.getDiagnostics()) {
      if (diagnostic.getKind() == Diagnostic.Kind.ERROR) {
        String message = diagnostic.getMessage(Locale.ENGLISH).strip().replaceAll("\\R\\s*", "; ");
        int position = Math.clamp(diagnostic.getPosition(), 0, source.length());
        // The compiler's own column counts tabs as up to eight characters.
        int lineStart =
            Math.max(
                source.lastIndexOf('\n', position - 1), source.lastIndexOf('\r', position - 1));
        int line = (int) Math.max(1, diagnostic.getLineNumber());
        return new Rejected(new Malformed(message, line, position - lineStart));
      }
    }
    throw new IllegalStateException("No error is among the diagnostics");
  }

  @Override
  public void close() {
    try {
      platform.close();
    } catch (IOException e) {
      throw new UncheckedIOException("The platform's classes cannot be closed", e);
    }
  }
}
