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
              + " default the best that fits this machine. With --endpoint the name that the server"
              + " knows it by; by default its only one.")
  private Optional<String> name = Optional.empty();

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description =
          "Use the model of an OpenAI-compatible server, such as http://localhost:8000/v1, to which"
              + " problems and programs are sent. Its key, if it wants one, is read from"
              + " MALLARD_API_KEY, else OPENAI_API_KEY.")
  private Optional<String> endpoint = Optional.empty();

  @Option(names = "--yes", description = "Download what is needed without asking.")
  private boolean yes;

  ModelOpener.Choice choice() {
    return new ModelOpener.Choice(name, endpoint, yes);
  }
}
