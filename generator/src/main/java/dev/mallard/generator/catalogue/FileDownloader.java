package dev.mallard.generator.catalogue;

import dev.mallard.generator.UserException;
import dev.mallard.generator.catalogue.UnavailableException.Reason;
import dev.mallard.generator.http.Sleeper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets one file: into a partial file beside its target, from where an earlier try ended; verified
 * by size and digest; and moved into place when whole.
 */
final class FileDownloader {
  private static final Logger LOG = LoggerFactory.getLogger(FileDownloader.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int TRIES = 5;

  private final HttpFetcher fetcher;
  private final Disk disk;
  private final Sleeper sleeper;

  FileDownloader(HttpFetcher fetcher, Disk disk, Sleeper sleeper) {
    this.fetcher = fetcher;
    this.disk = disk;
    this.sleeper = sleeper;
  }

  /**
   * Gets a file, unless it is there.
   *
   * @param subject whose file it is, for people
   * @param target where it goes; its folder exists
   * @return its SHA-256
   * @throws UserException if it cannot be had, is not what was expected, or the disk is full
   * @throws InterruptedException if the thread is interrupted; a later call goes on from there
   */
  String download(
      Service service, URI uri, String subject, RemoteFile file, Path target, ProgressMeter meter)
      throws IOException, InterruptedException {
    try (PartialFile partial = PartialFile.open(target, file, disk)) {
      if (partial.complete()) {
        meter.found(file.size());
        return partial.sha256();
      }
      meter.found(partial.length());
      boolean resumed = partial.length() > 0;
      receive(service, uri, subject, partial, meter);
      if (!partial.verify() && resumed) {
        // What was there before may have been bad, so the whole is worth one more try.
        meter.message(
            "What was there of " + file.name() + " was damaged: getting all of it again.");
        restart(partial, meter);
        receive(service, uri, subject, partial, meter);
        partial.verify();
      }
      return partial.moveIntoPlace(service.name());
    }
  }

  private void receive(
      Service service, URI uri, String subject, PartialFile partial, ProgressMeter meter)
      throws IOException, InterruptedException {
    int failures = 0;
    while (partial.length() < partial.size()) {
      long before = partial.length();
      try {
        transfer(service, uri, subject, partial, meter);
      } catch (PartialFile.WriteException e) {
        throw e;
      } catch (IOException | UnavailableException e) {
        if (e instanceof UnavailableException unavailable
            && (unavailable.reason() != Reason.UNREACHABLE || before == 0)) {
          throw unavailable;
        }
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        failures = partial.length() > before ? 1 : failures + 1;
        if (failures >= TRIES) {
          throw cut(service, subject, e);
        }
        LOG.debug("transfer of {} was cut at {}", uri, partial.length(), e);
        sleeper.sleep(Duration.ofSeconds(1L << (failures - 1)));
      }
    }
  }

  private void transfer(
      Service service, URI uri, String subject, PartialFile partial, ProgressMeter meter)
      throws IOException, InterruptedException {
    long from = partial.length();
    Map<String, String> headers = new HashMap<>(Map.of("Accept-Encoding", "identity"));
    if (from > 0) {
      headers.put("Range", "bytes=" + from + "-");
      partial.entityTag().ifPresent(tag -> headers.put("If-Range", tag));
    }
    HttpResponse<InputStream> response = fetcher.get(service, uri, headers, subject, PATIENCE);
    try (var body = new StallGuard(response.body(), PATIENCE)) {
      boolean goesOn =
          response.statusCode() == 206
              && response
                  .headers()
                  .firstValue("Content-Range")
                  .orElse("")
                  .startsWith("bytes " + from + "-");
      if (!goesOn) {
        restart(partial, meter);
      }
      if ((response.statusCode() == 206 && !goesOn) || response.statusCode() == 416) {
        // Another range than was asked for, or none: the next try asks for all.
        throw new IOException("the server gave no usable range");
      }
      partial.rememberEntityTag(response.headers().firstValue("ETag").orElse(""));
      byte[] buffer = new byte[1 << 18];
      for (int count; (count = body.read(buffer)) >= 0; ) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        if (partial.length() + count > partial.size()) {
          restart(partial, meter);
          throw partial.corrupt(
              service.name(), "more than the expected " + partial.size() + " bytes");
        }
        partial.write(buffer, count);
        meter.received(count);
      }
    }
    if (partial.length() < partial.size()) {
      throw new IOException("the answer ended at byte " + partial.length());
    }
  }

  private static void restart(PartialFile partial, ProgressMeter meter) throws IOException {
    meter.found(-partial.length());
    partial.restart();
  }

  private static PartialDownloadException cut(Service service, String subject, Exception cause) {
    return new PartialDownloadException(
        "The connection to %s was cut while getting %s: try again, it goes on from there."
            .formatted(service, subject),
        cause);
  }

  /** Moves a folder or file to where it belongs, at once where the file system can. */
  static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (java.nio.file.AtomicMoveNotSupportedException e) {
      Files.move(from, to);
    }
  }
}
