package dev.mallard.benchmarks.dataset;

import dev.mallard.generator.UserException;
import dev.mallard.generator.catalogue.DownloadProgress;
import dev.mallard.generator.catalogue.PinnedDownload;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The data sets that were fetched from their public homes: a folder for each under {@code datasets}
 * in the cache. A file appears there only when it has its size and SHA-256.
 */
public final class DataSetStore {
  private final Path root;
  private final PinnedDownload download = PinnedDownload.overNetwork();

  /**
   * A store; nothing is read or written yet.
   *
   * @param cache where Mallard keeps what it can fetch again
   */
  public DataSetStore(Path cache) {
    root = cache.resolve("datasets");
  }

  /** The folder with a data set's files, if all of them are there with their sizes. */
  public Optional<Path> find(DataSetInfo info) {
    Path folder = folder(info);
    boolean whole =
        !info.files().isEmpty()
            && info.files().stream()
                .allMatch(file -> folder.resolve(file.name()).toFile().length() == file.bytes());
    return whole ? Optional.of(folder) : Optional.empty();
  }

  /**
   * Gets a data set's files, but for those that are there already. One call of several at the same
   * time, also of other processes, gets them; a later call goes on from where one was interrupted.
   *
   * @return the folder that they are in
   * @throws UserException if it has no files that could be fetched, or if one cannot be had, is not
   *     what it should be, or cannot be written
   * @throws InterruptedException if the thread is interrupted
   */
  public Path fetch(DataSetInfo info, DownloadProgress progress) throws InterruptedException {
    String otherwise =
        "get it from where %s points to, and name it with --data".formatted(info.source());
    if (info.files().isEmpty()) {
      throw new UserException(
          "%s is not among the data sets that can be fetched: if it does not come with Mallard, %s."
              .formatted(info.name(), otherwise));
    }
    List<PinnedDownload.File> files =
        info.files().stream()
            .map(file ->
                new PinnedDownload.File(file.name(), file.address(), file.bytes(), file.sha256()))
            .toList();
    download.fetch(info.name(), files, folder(info), otherwise, progress);
    return folder(info);
  }

  private Path folder(DataSetInfo info) {
    return root.resolve(info.name());
  }
}
