package dev.mallard.generator.catalogue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks the installed npm client which registry it uses. */
@FunctionalInterface
interface NpmClient {
  NpmClient INSTALLED = NpmClient::ask;

  /** The client's answer; empty if there is no client, or it does not answer in time. */
  Optional<String> registry(Path home) throws InterruptedException;

  private static Optional<String> ask(Path home) throws InterruptedException {
    boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows");
    try {
      // In the home directory, for a project's own settings must not decide what is downloaded.
      Process process =
          new ProcessBuilder(windows ? "npm.cmd" : "npm", "config", "get", "registry")
              .directory(home.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        process.getOutputStream().close();
        if (!process.waitFor(15, TimeUnit.SECONDS) || process.exitValue() != 0) {
          return Optional.empty();
        }
        String answer =
            new String(process.getInputStream().readNBytes(10_000), StandardCharsets.UTF_8);
        return Optional.of(answer.strip());
      } finally {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
