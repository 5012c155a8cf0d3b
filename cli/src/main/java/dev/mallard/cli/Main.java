package dev.mallard.cli;

import dev.mallard.generator.CacheDirectory;
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
    configureLibraries(cache);
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

  /** Nothing is to leave the machine, and what DJL unpacks belongs into the cache. */
  private static void configureLibraries(Path cache) {
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.offline", "true");
    if (System.getProperty("DJL_CACHE_DIR") == null && System.getenv("DJL_CACHE_DIR") == null) {
      System.setProperty("DJL_CACHE_DIR", cache.resolve("djl").toString());
    }
  }
}
