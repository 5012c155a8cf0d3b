package dev.mallard.cli;

import dev.mallard.cli.models.ConsoleConfirmation;
import dev.mallard.cli.models.ConsoleProgress;
import dev.mallard.generator.catalogue.DeviceMemory;
import dev.mallard.generator.catalogue.ModelChoice;
import dev.mallard.generator.catalogue.ModelLibrary;
import dev.mallard.generator.engine.LocalModel;
import dev.mallard.generator.engine.LocalModelOptions;
import dev.mallard.generator.engine.Precision;
import dev.mallard.generator.model.LanguageModel;
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
    PrintWriter err =
        new PrintWriter(new OutputStreamWriter(console.err(), StandardCharsets.UTF_8), true);
    ModelChoice model;
    try (ConsoleProgress progress = ConsoleProgress.onStandardError(err)) {
      model =
          ModelLibrary.open(environment, DeviceMemory.ofProcessor())
              .choose(choice.name(), ConsoleConfirmation.unless(choice.yes()), progress);
    }
    model.notes().forEach(console::message);
    try (ConversionProgress progress = new ConversionProgress(console)) {
      return LocalModel.open(
          model.name(),
          model.checkpoint(),
          new LocalModelOptions(Precision.INT8, 0, cache.resolve("weights")),
          progress);
    }
  }
}
