package dev.mallard.generator.catalogue;

import dev.mallard.generator.CacheDirectory;
import dev.mallard.generator.UserException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The models of this user: those that the catalogue knows, those that are on this machine, and
 * those that can be named otherwise, a repository of Hugging Face or a path.
 *
 * <p>May be used by several threads and processes at once.
 */
public final class ModelLibrary {
  private final ModelCatalogue catalogue;
  private final DeviceMemory memory;
  private final ModelStore store;
  private final ModelSources sources;
  private final ModelChooser chooser;

  ModelLibrary(
      ModelCatalogue catalogue,
      Map<String, String> environment,
      DeviceMemory memory,
      Outside outside) {
    this.catalogue = catalogue;
    this.memory = memory;
    HuggingFaceSettings huggingFace = HuggingFaceSettings.read(environment, outside.home());
    store = new ModelStore(CacheDirectory.locate(environment).resolve("models"), outside.disk());
    HttpFetcher fetcher = new HttpFetcher(outside.http(), outside.sleeper());
    FileDownloader downloader = new FileDownloader(fetcher, outside.disk(), outside.sleeper());
    sources =
        new ModelSources(
            huggingFace,
            new NpmSettings(Map.copyOf(environment), outside.home(), outside.npm()),
            store,
            fetcher,
            downloader,
            outside.disk());
    Reachability hub =
        new Reachability(
            store.root().resolve(".unreachable"), huggingFace.endpoint(), outside.clock());
    chooser = new ModelChooser(catalogue, store, sources, memory, hub, huggingFace.offline());
  }

  /**
   * Opens the library. Nothing is read from disk or network yet.
   *
   * @param environment variables such as {@code MALLARD_CACHE}, {@code HF_ENDPOINT} and {@code
   *     npm_config_registry}
   * @param memory what models have to fit into
   * @throws UserException if a variable cannot be meant
   */
  public static ModelLibrary open(Map<String, String> environment, DeviceMemory memory) {
    return new ModelLibrary(ModelCatalogue.load(), environment, memory, Outside.real());
  }

  /** All models of the catalogue, and then what else is in the store. */
  public List<ModelEntry> list() {
    List<ModelEntry> entries = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (CatalogueModel model : catalogue.models()) {
      entries.add(entry(new ModelReference.Catalogued(model)));
      names.add(model.name());
    }
    for (InstalledModel installed : store.all()) {
      if (names.add(installed.name())) {
        entries.add(entry(ModelReference.parseStored(installed.name(), catalogue)));
      }
    }
    return entries;
  }

  /**
   * What is known about a model.
   *
   * @param name of the catalogue, or {@code [hf:]organisation/name[@revision]}
   * @throws UserException if there is no such model in the catalogue or on this machine
   */
  public ModelEntry info(String name) {
    ModelEntry entry = entry(ModelReference.parseStored(name, catalogue));
    if (entry.catalogued().isEmpty() && entry.installed().isEmpty()) {
      throw new UserException(
          "%s is neither in the catalogue nor on this machine: 'mallard models pull %s' gets it."
              .formatted(name, name));
    }
    return entry;
  }

  /**
   * Gets a model, unless it is on this machine.
   *
   * @param name as in {@link #info(String)}
   * @param confirmation is asked before more than 2 GB are downloaded
   * @throws UserException if it cannot be had
   * @throws InterruptedException if the thread is interrupted; a later call goes on from there
   */
  public InstalledModel pull(String name, Confirmation confirmation, DownloadProgress progress)
      throws InterruptedException {
    return chooser.get(ModelReference.parseStored(name, catalogue), confirmation, progress);
  }

  /**
   * Removes a model that Mallard downloaded, whole or in part.
   *
   * @param name as in {@link #info(String)}
   * @return bytes freed
   * @throws UserException if there is none, or it is not Mallard's to remove
   */
  public long remove(String name) {
    ModelReference.Stored reference = ModelReference.parseStored(name, catalogue);
    long freed = store.remove(reference.key());
    if (freed > 0) {
      return freed;
    }
    throw new UserException(
        sources.find(reference).isPresent()
            ? reference.name()
                + " is in the cache of Hugging Face's own client, which Mallard only reads: remove"
                + " it there."
            : reference.name() + " is not on this machine, so there is nothing to remove.");
  }

  /**
   * Chooses the model to run, and gets it if it is not on this machine.
   *
   * @param model what the user named: a model as in {@link #info(String)}, or the path of a GGUF
   *     file or of a folder with a checkpoint; or nothing, for the best that can be had
   * @param confirmation is asked before more than 2 GB are downloaded; where it answers that there
   *     is nobody to ask, a model that was named is downloaded, and of others only a smaller one
   * @throws UserException if it cannot be had
   * @throws InterruptedException if the thread is interrupted; a later call goes on from there
   */
  public ModelChoice choose(
      Optional<String> model, Confirmation confirmation, DownloadProgress progress)
      throws InterruptedException {
    return model.isPresent()
        ? chooser.named(ModelReference.parse(model.get(), catalogue), confirmation, progress)
        : chooser.automatic(confirmation, progress);
  }

  private ModelEntry entry(ModelReference.Stored reference) {
    Optional<InstalledModel> installed = sources.find(reference);
    Optional<CatalogueModel> model =
        reference instanceof ModelReference.Catalogued(CatalogueModel known)
            ? Optional.of(known)
            : Optional.empty();
    ModelEntry.State state =
        installed.isPresent() || model.isEmpty()
            ? ModelEntry.State.DOWNLOADED
            : memory.fits(model.get()) ? ModelEntry.State.FITS : ModelEntry.State.TOO_LARGE;
    return new ModelEntry(
        reference.name(),
        model,
        installed,
        state,
        model.map(known -> memory.precision().memoryFor(known.parameters())).orElse(0L));
  }
}
