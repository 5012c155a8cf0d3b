package dev.mallard.cli;

import dev.mallard.cli.models.ConsoleConfirmation;
import dev.mallard.cli.models.ConsoleProgress;
import dev.mallard.generator.catalogue.DeviceMemory;
import dev.mallard.generator.catalogue.ModelChoice;
import dev.mallard.generator.catalogue.ModelLibrary;
import dev.mallard.generator.engine.Device;
import dev.mallard.generator.engine.Gpu;
import dev.mallard.generator.engine.LocalModel;
import dev.mallard.generator.engine.LocalModelOptions;
import dev.mallard.generator.model.LanguageModel;
import dev.mallard.generator.model.Precision;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** Opens models from the library of models, in this process. */
final class LibraryModelOpener implements ModelOpener {
  private final Map<String, String> environment;
  private final Path cache;

  /** Reads variables such as {@code HF_ENDPOINT} from the environment. */
  LibraryModelOpener(Map<String, String> environment, Path cache) {
    this.environment = environment;
    this.cache = cache;
  }

  @Override
  public LanguageModel open(Choice choice, Console console) throws InterruptedException {
    Engine engine = choice.engine();
    Device device = Device.choose(engine.device(), Gpu.all());
    PrintWriter err =
        new PrintWriter(new OutputStreamWriter(console.err(), StandardCharsets.UTF_8), true);
    ModelChoice model;
    try (ConsoleProgress progress = ConsoleProgress.onStandardError(err)) {
      model =
          ModelLibrary.open(environment, memory(device))
              .choose(choice.name(), ConsoleConfirmation.unless(choice.yes()), progress);
    }
    model.notes().forEach(console::message);
    if (device instanceof Device.Cuda(Gpu gpu)) {
      console.message(
          "Using the GPU %s; the first time, libtorch for it is fetched from publish.djl.ai unless PYTORCH_LIBRARY_PATH names one."
              .formatted(gpu.name()));
    }
    LocalModelOptions options =
        new LocalModelOptions(
            engine.precision(),
            device,
            engine.threads(),
            engine.cacheMemory(),
            true,
            engine.reproducible(),
            cache.resolve("weights"));
    try (ConversionProgress progress = new ConversionProgress(console)) {
      return engine.adapter().isEmpty()
          ? LocalModel.open(model.name(), model.checkpoint(), options, progress)
          : LocalModel.open(
              model.name(), model.checkpoint(), engine.adapter().get(), options, progress);
    }
  }

  private static DeviceMemory memory(Device device) {
    return switch (device) {
      case Device.Cpu() -> DeviceMemory.ofProcessor();
      case Device.Cuda(Gpu gpu) -> new DeviceMemory(gpu.memory(), Precision.BF16);
    };
  }
}
