package dev.mallard.sandbox.pool;

import dev.mallard.sandbox.worker.WorkerMain;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The command that starts a worker process on the Java and the class path of this one. */
final class WorkerCommand {
  WorkerCommand(PoolOptions options) {}

  List<String> of(WorkerKind kind) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx" + kind.heapMebibytes() + "m",
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
        // No file is left where the process is killed.
        "-XX:-UsePerfData",
        "-XX:-CreateCoredumpOnCrash",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-Dpolyglot.engine.WarnInterpreterOnly=false",
        // SQLite's native library is unpacked into the working directory, which is deleted.
        "-Dorg.sqlite.tmpdir=.",
        // Programs are not told who runs them.
        "-Duser.name=user",
        // What libraries unpack goes with the worker's directory.
        "-Djava.io.tmpdir=.",
        "-classpath",
        absolute(System.getProperty("java.class.path")),
        WorkerMain.class.getName(),
        kind.language().name());
  }

  /** The worker has another working directory. */
  static String absolute(String classPath) {
    return Arrays.stream(classPath.split(File.pathSeparator, -1))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
