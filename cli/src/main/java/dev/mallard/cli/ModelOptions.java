package dev.mallard.cli;

import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The options that choose a model. */
final class ModelOptions {
  @Option(
      names = "--model",
      paramLabel = "MODEL",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description =
          "A model's name (see 'mallard models list'), a GGUF file or a checkpoint folder; by"
              + " default the best that fits this machine.")
  private Optional<String> name = Optional.empty();

  @Option(names = "--yes", description = "Download what is needed without asking.")
  private boolean yes;

  ModelOpener.Choice choice() {
    return new ModelOpener.Choice(name, yes);
  }
}
