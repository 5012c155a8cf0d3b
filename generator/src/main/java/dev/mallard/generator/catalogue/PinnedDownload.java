package dev.mallard.generator.catalogue;

import dev.mallard.generator.UserException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Gets files whose addresses, sizes and digests are known beforehand, as the files of models are
 * got: beside their place, from where an earlier try ended, and moved into it when verified.
 */
public final class PinnedDownload {
  private final FileDownloader downloader;

  /**
   * A file in its public home.
   *
   * @param name what it is called in the folder that it goes into
   * @param address over https or http
   * @param bytes its size
   * @param sha256 its SHA-256 in hexadecimal digits
   */
  public record File(String name, URI address, long bytes, String sha256) {
    public File {
      if (name.isEmpty() || name.startsWith(".") || !name.matches("[\\w.-]+")) {
        throw new IllegalArgumentException("no name for a file: " + name);
      }
    }

    private RemoteFile remote() {
      return new RemoteFile(name, bytes, ContentDigest.sha256(sha256));
    }
  }

  PinnedDownload(Outside outside) {
    HttpFetcher fetcher = new HttpFetcher(outside.http(), outside.sleeper());
    downloader = new FileDownloader(fetcher, outside.disk(), outside.sleeper());
  }

  /** Over the network. */
  public static PinnedDownload overNetwork() {
    return new PinnedDownload(Outside.real());
  }

  /**
   * Gets files, but for those that are in their place and are what they should be; for these nobody
   * is asked. Of several processes that want the same files one gets them, and the others wait.
   *
   * @param subject what they are together, for people
   * @param folder where they go; it is made if it is not there
   * @param otherwise what the user can do where a server does not give them, as the end of a
   *     sentence, such as "get it yourself"
   * @throws UserException if they cannot be had or written, or are not what they should be
   * @throws InterruptedException if the thread is interrupted; a later call goes on from there
   */
  public void fetch(
      String subject, List<File> files, Path folder, String otherwise, DownloadProgress progress)
      throws InterruptedException {
    Runnable waiting =
        () -> progress.onMessage("Another process is getting " + subject + ": waiting for it.");
    long total = files.stream().mapToLong(File::bytes).sum();
    try (StoreLock _ = StoreLock.acquire(folder.resolve(".lock"), waiting)) {
      Files.createDirectories(folder);
      ProgressMeter meter = new ProgressMeter(subject, total, progress);
      for (File file : files) {
        fetch(file, folder, otherwise, meter);
      }
      meter.finish();
    } catch (IOException e) {
      throw new UserException(
          "The folder %s cannot be used (%s): check its permissions, or set MALLARD_CACHE."
              .formatted(folder, e),
          e);
    }
  }

  private void fetch(File file, Path folder, String otherwise, ProgressMeter meter)
      throws IOException, InterruptedException {
    URI address = file.address();
    URI base = address.resolve("/");
    Service server =
        new Service(
            address.getHost(),
            URI.create(base.toString().replaceFirst("/$", "")),
            Optional.empty(),
            otherwise);
    try {
      downloader.download(
          server, address, file.name(), file.remote(), folder.resolve(file.name()), meter);
    } catch (UnavailableException e) {
      throw switch (e.reason()) {
        case UNREACHABLE -> e;
        case BUSY ->
            new UserException(
                "%s is in trouble or busy: try again later, or %s.".formatted(server, otherwise),
                e);
        case REFUSED ->
            new UserException(
                "%s does not give %s to Mallard: %s.".formatted(server, file.name(), otherwise), e);
      };
    }
  }
}
