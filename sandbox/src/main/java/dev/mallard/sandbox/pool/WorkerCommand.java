package dev.mallard.sandbox.pool;

import dev.mallard.sandbox.worker.WorkerMain;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** The command that starts a worker process on the Java and the class path of this one. */
final class WorkerCommand {
  /** What all workers have in common, whatever they run. */
  private static final List<String> OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          // Nearly all of the heap is old generation, which HeapGuard watches.
          "-XX:NewRatio=9",
          // Python's classes take 60 MiB; the default has four full collections on the way there.
          "-XX:MetaspaceSize=96m",
          // A full heap ends the process, at once and for certain.
          "-XX:+ExitOnOutOfMemoryError",
          "-XX:MaxDirectMemorySize=16m",
          // Standard output belongs to the protocol.
          "-XX:+DisplayVMOutputToStderr",
          "-Xlog:disable",
          "-Xlog:all=error:stderr",
          // No file is left where the process is killed.
          "-XX:-UsePerfData",
          "-XX:-CreateCoredumpOnCrash",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-Dpolyglot.engine.WarnInterpreterOnly=false",
          // What libraries unpack goes with the worker's directory, which is deleted.
          "-Djava.io.tmpdir=.",
          "-Dorg.sqlite.tmpdir=.");

  private final StartupArchive archive;

  WorkerCommand(StartupArchive archive) {
    this.archive = archive;
  }

  List<String> of(WorkerKind kind, Pace pace) {
    List<String> command = java(kind.heapMebibytes());
    // Options come before the class path, which is the last of them.
    switch (pace) {
      case QUICK -> {
        command.addAll(1, archive.options(kind.language()));
        command.add(1, "-XX:TieredStopAtLevel=1");
      }
      case LASTING -> command.addAll(1, archive.options(kind.language()));
      case OPTIMIZING -> {
        // No archive: it would have to be made with the same modules.
        command.addAll(1, OptimizingRuntime.options());
        // Its warm-up must not hold up the others.
        command.addAll(0, LowPriority.prefix());
      }
    }
    command.add(WorkerMain.class.getName());
    command.add(kind.language().name());
    if (pace == Pace.OPTIMIZING) {
      command.add(WorkerMain.WITH_COMPILER);
    }
    return command;
  }

  StartupArchive archive() {
    return archive;
  }

  /** Starts a JVM as workers have it, up to the class path. */
  static List<String> java(int heapMebibytes) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heapMebibytes + "m");
    command.addAll(OPTIONS);
    command.add("-classpath");
    command.add(classPath());
    return command;
  }

  /**
   * The class path of workers. Where the sandbox comes from a jar, folders on the class path are
   * whoever's uses it; without them an archive can be made.
   */
  static String classPath() {
    String all = absolute(System.getProperty("java.class.path"));
    List<String> files =
        Arrays.stream(all.split(File.pathSeparator, -1))
            .filter(entry -> !Files.isDirectory(Path.of(entry)))
            .toList();
    boolean inJar =
        Objects.requireNonNull(WorkerMain.class.getResource("WorkerMain.class"))
            .getProtocol()
            .equals("jar");
    return inJar ? String.join(File.pathSeparator, files) : all;
  }

  /** The worker has another working directory. */
  static String absolute(String classPath) {
    return Arrays.stream(classPath.split(File.pathSeparator, -1))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
