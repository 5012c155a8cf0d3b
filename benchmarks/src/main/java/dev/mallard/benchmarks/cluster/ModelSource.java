package dev.mallard.benchmarks.cluster;

import dev.mallard.generator.UserException;
import dev.mallard.generator.catalogue.Confirmation;
import dev.mallard.generator.catalogue.DeviceMemory;
import dev.mallard.generator.catalogue.DownloadProgress;
import dev.mallard.generator.catalogue.ModelChoice;
import dev.mallard.generator.catalogue.ModelLibrary;
import dev.mallard.generator.engine.Device;
import dev.mallard.generator.engine.Gpu;
import dev.mallard.generator.engine.LoadListener;
import dev.mallard.generator.engine.LocalModel;
import dev.mallard.generator.engine.LocalModelOptions;
import dev.mallard.generator.model.LanguageModel;
import dev.mallard.generator.model.Precision;
import dev.mallard.generator.remote.RemoteModel;
import dev.mallard.generator.remote.RemoteModelOptions;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which model, and how it runs, on whatever machine it is opened. It holds no key of a server: that
 * is in the environment of the machine.
 *
 * @param name a name in the catalogue, a path, or what the server calls it; empty for the best that
 *     the machine has room for, or the only one of the server
 * @param endpoint address of an OpenAI-compatible server; empty for a model in the process
 * @param device {@code auto}, or what computes
 * @param precision of the weights; empty for the best that the memory has room for
 * @param threads that compute; 0 for the physical cores
 * @param cacheMemory bytes of the key-value cache; 0 for a share of the memory
 * @param adapter folder of a LoRA adapter on the machine
 * @param reproducible whether answers must not depend on what else is asked
 */
public record ModelSource(
    Optional<String> name,
    Optional<String> endpoint,
    String device,
    Optional<Precision> precision,
    int threads,
    long cacheMemory,
    Optional<String> adapter,
    boolean reproducible) {

  /** A model of the catalogue, or at a path, whose answers do not depend on what else is asked. */
  public static ModelSource named(String name) {
    return new ModelSource(
        Optional.of(name),
        Optional.empty(),
        "auto",
        Optional.empty(),
        0,
        0,
        Optional.empty(),
        true);
  }

  /**
   * Opens the model here, and fetches it without asking if need be; the caller closes it. Before
   * that {@link dev.mallard.generator.NativeLibraries#prepare} must have been called.
   *
   * @param environment may say where models are fetched from, and has the key for a server
   * @param cache where models are kept
   * @throws UserException if there is no such model, or it cannot be had
   * @throws InterruptedException if the calling thread is interrupted
   */
  public LanguageModel open(Map<String, String> environment, Path cache)
      throws InterruptedException {
    if (endpoint.isPresent()) {
      return RemoteModel.open(RemoteModelOptions.read(endpoint.get(), name, environment));
    }
    Device chosen = Device.choose(device, Gpu.all());
    ModelChoice choice =
        ModelLibrary.open(environment, memory(chosen))
            .choose(name, Confirmation.YES, DownloadProgress.SILENT);
    LocalModelOptions options =
        new LocalModelOptions(
            precision, chosen, threads, cacheMemory, true, reproducible, cache.resolve("weights"));
    return adapter.isEmpty()
        ? LocalModel.open(choice.name(), choice.checkpoint(), options, LoadListener.SILENT)
        : LocalModel.open(
            choice.name(),
            choice.checkpoint(),
            Path.of(adapter.get()),
            options,
            LoadListener.SILENT);
  }

  /** The number of the GPU of this machine that computes; empty if none does. */
  public OptionalInt gpu() {
    return endpoint.isEmpty() && Device.choose(device, Gpu.all()) instanceof Device.Cuda(Gpu gpu)
        ? OptionalInt.of(gpu.index())
        : OptionalInt.empty();
  }

  private static DeviceMemory memory(Device device) {
    return switch (device) {
      case Device.Cpu() -> DeviceMemory.ofProcessor();
      case Device.Cuda(Gpu gpu) -> new DeviceMemory(gpu.memory(), Precision.BF16);
    };
  }
}
