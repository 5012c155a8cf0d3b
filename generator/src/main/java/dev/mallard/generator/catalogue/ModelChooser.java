package dev.mallard.generator.catalogue;

import dev.mallard.generator.UserException;
import dev.mallard.generator.catalogue.UnavailableException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides which model runs.
 *
 * <p>One that was named is taken, and got if it is not here. Without a name: the best code model
 * that fits the memory and is here already; else the best that fits and can be got, where more than
 * 2 GB are asked for first; else the embedded default.
 */
final class ModelChooser {
  /** From here on, downloads are asked for. */
  static final long LARGE = 2_000_000_000L;

  private final ModelCatalogue catalogue;
  private final ModelStore store;
  private final ModelSources sources;
  private final DeviceMemory memory;
  private final Reachability hub;
  private final boolean offline;

  ModelChooser(
      ModelCatalogue catalogue,
      ModelStore store,
      ModelSources sources,
      DeviceMemory memory,
      Reachability hub,
      boolean offline) {
    this.catalogue = catalogue;
    this.store = store;
    this.sources = sources;
    this.memory = memory;
    this.hub = hub;
    this.offline = offline;
  }

  /** Gets a model that was named, unless it is here. */
  InstalledModel get(
      ModelReference.Stored reference, Confirmation confirmation, DownloadProgress progress)
      throws InterruptedException {
    Optional<InstalledModel> here = sources.find(reference);
    if (here.isPresent()) {
      return here.get();
    }
    RemoteModel remote = sources.open(reference);
    if (remote instanceof HubModel) {
      hub.succeeded();
    }
    store.checkSpace(reference.key(), remote);
    if (remote.downloadBytes() > LARGE
        && confirmation.ask(question(reference, remote)) == Confirmation.Answer.NO) {
      throw new UserException(
          reference.name() + " was not downloaded: name a smaller model, or none.");
    }
    return store.install(reference.key(), reference.name(), remote, progress);
  }

  /** Chooses by a name or a path. */
  ModelChoice named(ModelReference reference, Confirmation confirmation, DownloadProgress progress)
      throws InterruptedException {
    return switch (reference) {
      case ModelReference.Local local ->
          new ModelChoice(local.path().toString(), local.path(), List.of());
      case ModelReference.Stored stored -> {
        List<String> notes = new ArrayList<>();
        if (stored instanceof ModelReference.Catalogued(CatalogueModel model)
            && !memory.fits(model)) {
          notes.add(
              "%s needs about %s of memory and this machine has %s: expect it to be slow, or to end."
                  .formatted(
                      model.name(),
                      ByteSize.format(memory.precision().memoryFor(model.parameters())),
                      ByteSize.format(memory.bytes())));
        }
        yield choice(get(stored, confirmation, progress), notes);
      }
    };
  }

  /** Chooses without a name. */
  ModelChoice automatic(Confirmation confirmation, DownloadProgress progress)
      throws InterruptedException {
    List<ModelReference.Stored> candidates = new ArrayList<>();
    for (CatalogueModel model : catalogue.automatic()) {
      if (memory.fits(model)) {
        candidates.add(new ModelReference.Catalogued(model));
      }
    }
    for (ModelReference.Stored candidate : candidates) {
      Optional<InstalledModel> here = sources.find(candidate);
      if (here.isPresent()) {
        return choice(here.get(), List.of());
      }
    }
    List<String> notes = new ArrayList<>();
    if (candidates.isEmpty()) {
      String reason = "No code model of the catalogue fits into " + ByteSize.format(memory.bytes());
      return embedded(reason, notes, progress);
    }
    if (offline) {
      return embedded("HF_HUB_OFFLINE is set", notes, progress);
    }
    if (hub.failedRecently() && sources.find(embeddedDefault()).isPresent()) {
      return embedded("Hugging Face was not reachable a short while ago", notes, progress);
    }
    return download(candidates, confirmation, progress, notes);
  }

  private ModelChoice download(
      List<ModelReference.Stored> candidates,
      Confirmation confirmation,
      DownloadProgress progress,
      List<String> notes)
      throws InterruptedException {
    boolean largeDeclined = false;
    for (ModelReference.Stored candidate : candidates) {
      if (largeDeclined && approximateBytes(candidate) > LARGE) {
        continue;
      }
      try {
        RemoteModel remote = sources.open(candidate);
        hub.succeeded();
        store.checkSpace(candidate.key(), remote);
        if (remote.downloadBytes() > LARGE) {
          if (largeDeclined) {
            continue;
          }
          Confirmation.Answer answer = confirmation.ask(question(candidate, remote));
          if (answer != Confirmation.Answer.YES) {
            largeDeclined = true;
            if (answer == Confirmation.Answer.NOBODY) {
              notes.add(
                  "%s would fit, but takes %s to download: 'mallard models pull %s' gets it."
                      .formatted(
                          candidate.name(),
                          ByteSize.format(remote.downloadBytes()),
                          candidate.name()));
            }
            continue;
          }
        }
        return choice(store.install(candidate.key(), candidate.name(), remote, progress), notes);
      } catch (PartialDownloadException e) {
        throw e; // not another model while this one is half here
      } catch (UserException e) {
        if (e instanceof UnavailableException unavailable
            && unavailable.reason() == Reason.UNREACHABLE) {
          hub.failed();
          return embedded("Hugging Face is not reachable", notes, progress);
        }
        notes.add(e.getMessage());
      }
    }
    return embedded("No code model could be had", notes, progress);
  }

  private ModelChoice embedded(String reason, List<String> notes, DownloadProgress progress)
      throws InterruptedException {
    ModelReference.Stored reference = embeddedDefault();
    InstalledModel installed;
    try {
      installed = get(reference, Confirmation.NOBODY, progress);
    } catch (UnavailableException e) {
      throw new UserException(
          reason + ", and the embedded default cannot be had either: " + e.getMessage(), e);
    }
    notes.add(
        reason
            + ": using the embedded default, TinyLlama 1.1B, a small general model for simple"
            + " problems only; 'mallard models list' shows real code models.");
    return choice(installed, notes);
  }

  private ModelReference.Stored embeddedDefault() {
    return new ModelReference.Catalogued(catalogue.embeddedDefault());
  }

  private static long approximateBytes(ModelReference.Stored reference) {
    return reference instanceof ModelReference.Catalogued(CatalogueModel model)
        ? model.approximateDownloadBytes()
        : 0;
  }

  private static String question(ModelReference.Stored reference, RemoteModel remote) {
    String licence =
        reference instanceof ModelReference.Catalogued(CatalogueModel model)
            ? ", licence " + model.licence()
            : "";
    return "Download %s (%s%s)?"
        .formatted(reference.name(), ByteSize.format(remote.downloadBytes()), licence);
  }

  private static ModelChoice choice(InstalledModel model, List<String> notes) {
    return new ModelChoice(model.name(), model.checkpoint(), notes);
  }
}
