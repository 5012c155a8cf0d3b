package dev.mallard.cli;

import dev.mallard.generator.CacheDirectory;
import dev.mallard.generator.NativeLibraries;
import java.nio.file.Path;
import java.util.Map;

/** Starts Mallard from the command line. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    Map<String, String> environment = System.getenv();
    Path cache = CacheDirectory.locate(environment);
    LogFile.configure(cache);
    NativeLibraries.prepare();
    Console console = Console.ofProcess(environment);
    Interruption interruption = Interruption.watch(Thread.currentThread());
    Services services = Wiring.services(console, cache, interruption);
    int exitCode;
    try {
      exitCode = MallardCommand.create(services).execute(arguments);
    } catch (Throwable e) {
      // Picocli lets errors such as OutOfMemoryError through.
      exitCode = MallardCommand.failed(e, services);
    }
    console.out().flush();
    interruption.finished();
    System.exit(exitCode);
  }
}
