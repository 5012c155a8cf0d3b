package dev.mallard.cli;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Where the log is; {@code logback.xml} reads the folder from a system property. */
final class LogFile {
  private static final String FOLDER_PROPERTY = "mallard.logs";

  private LogFile() {}

  /** Sends the log to a folder in the cache. To be called before the first logger is made. */
  static void configure(Path cache) {
    System.setProperty(FOLDER_PROPERTY, folder(cache).toString());
    // Libraries that log by java.util.logging, such as Lucene, would write to the user's screen.
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }

  /** Today's log, named as in {@code logback.xml}. */
  static Path current(Path cache) {
    return folder(cache).resolve("mallard.%s.log".formatted(LocalDate.now(ZoneId.systemDefault())));
  }

  private static Path folder(Path cache) {
    return cache.resolve("logs");
  }
}
