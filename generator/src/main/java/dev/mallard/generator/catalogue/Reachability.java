package dev.mallard.generator.catalogue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers for an hour that a server could not be reached, so that not every start of a machine
 * without a network waits for it.
 */
final class Reachability {
  private static final Logger LOG = LoggerFactory.getLogger(Reachability.class);
  private static final Duration MEMORY = Duration.ofHours(1);

  private final Path file;
  private final URI endpoint;
  private final InstantSource clock;

  Reachability(Path file, URI endpoint, InstantSource clock) {
    this.file = file;
    this.endpoint = endpoint;
    this.clock = clock;
  }

  boolean failedRecently() {
    try {
      if (!Files.isRegularFile(file) || !Files.readString(file).strip().equals(marker())) {
        return false;
      }
      Duration age = Duration.between(Files.getLastModifiedTime(file).toInstant(), clock.instant());
      return age.compareTo(MEMORY) < 0 && age.compareTo(MEMORY.negated()) > 0;
    } catch (IOException e) {
      LOG.debug("cannot read {}", file, e);
      return false;
    }
  }

  void failed() {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Path temporary = Files.createTempFile(file.toAbsolutePath().getParent(), ".reach", "");
      Files.writeString(temporary, marker());
      Instant now = clock.instant();
      Files.setLastModifiedTime(temporary, java.nio.file.attribute.FileTime.from(now));
      FileDownloader.move(temporary, file);
    } catch (IOException e) {
      LOG.debug("cannot write {}", file, e); // the next start tries the network again
    }
  }

  void succeeded() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.debug("cannot delete {}", file, e);
    }
  }

  private String marker() {
    return endpoint.toString();
  }
}
