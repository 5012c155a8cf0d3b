package dev.mallard.cli;

import dev.mallard.cli.models.ConsoleConfirmation;
import dev.mallard.cli.models.ConsoleProgress;
import dev.mallard.generator.catalogue.DeviceMemory;
import dev.mallard.generator.catalogue.ModelChoice;
import dev.mallard.generator.catalogue.ModelLibrary;
import dev.mallard.generator.checkpoint.Checkpoint;
import dev.mallard.generator.checkpoint.Checkpoints;
import dev.mallard.generator.checkpoint.LoraAdapter;
import dev.mallard.generator.engine.Device;
import dev.mallard.generator.engine.Gpu;
import dev.mallard.generator.engine.LocalModel;
import dev.mallard.generator.engine.LocalModelOptions;
import dev.mallard.generator.model.Completion;
import dev.mallard.generator.model.GenerationListener;
import dev.mallard.generator.model.GenerationRequest;
import dev.mallard.generator.model.LanguageModel;
import dev.mallard.generator.model.Message;
import dev.mallard.generator.model.Precision;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
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
            cache.resolve("weights"));
    try (ConversionProgress progress = new ConversionProgress(console)) {
      LocalModel loaded = LocalModel.open(model.name(), model.checkpoint(), options, progress);
      return engine.adapter().isEmpty()
          ? loaded
          : adapted(loaded, model.checkpoint(), engine.adapter().get());
    }
  }

  private static DeviceMemory memory(Device device) {
    return switch (device) {
      case Device.Cpu() -> DeviceMemory.ofProcessor();
      case Device.Cuda(Gpu gpu) -> new DeviceMemory(gpu.memory(), Precision.BF16);
    };
  }

  private static LanguageModel adapted(LocalModel model, Path checkpoint, Path folder) {
    boolean adapted = false;
    try (LoraAdapter adapter = LoraAdapter.open(folder);
        Checkpoint base = Checkpoints.open(checkpoint)) {
      LanguageModel result =
          new OwningModel(model.adapted(folder.getFileName().toString(), adapter, base), model);
      adapted = true;
      return result;
    } finally {
      if (!adapted) {
        model.close();
      }
    }
  }

  /** A model that closes what it runs on. */
  private record OwningModel(LanguageModel model, LocalModel base) implements LanguageModel {
    @Override
    public String description() {
      return model.description();
    }

    @Override
    public int contextLength() {
      return model.contextLength();
    }

    @Override
    public int countTokens(List<Message> conversation) {
      return model.countTokens(conversation);
    }

    @Override
    public List<Completion> generate(GenerationRequest request, GenerationListener listener)
        throws InterruptedException {
      return model.generate(request, listener);
    }

    @Override
    public void close() {
      base.close();
    }
  }
}
