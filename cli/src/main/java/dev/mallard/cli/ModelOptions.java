package dev.mallard.cli;

import dev.mallard.generator.UserException;
import dev.mallard.generator.model.Precision;
import java.nio.file.Path;
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

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description =
          "What computes: auto (the first NVIDIA GPU, else the processor), cpu, cuda or cuda:N.")
  private String device = "auto";

  @Option(
      names = "--precision",
      paramLabel = "PRECISION",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description =
          "Of the weights: ${COMPLETION-CANDIDATES}; by default the best that the device's memory"
              + " has room for.")
  private Optional<Precision> precision = Optional.empty();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "That compute on the processor; 0 for its physical cores.")
  private int threads;

  @Option(
      names = "--cache-memory",
      paramLabel = "SIZE",
      converter = MemorySize.class,
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description =
          "For the key-value cache, such as 512M or 4G, which bounds how much is generated at once;"
              + " by default half of what the weights leave.")
  private Optional<MemorySize.Bytes> cacheMemory = Optional.empty();

  @Option(
      names = "--adapter",
      paramLabel = "FOLDER",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = "A LoRA adapter for the model, in PEFT's layout.")
  private Optional<Path> adapter = Optional.empty();

  ModelOpener.Choice choice() {
    if (threads < 0) {
      throw new UserException("--threads must be 0 or more, and is " + threads + ".");
    }
    return new ModelOpener.Choice(
        name,
        endpoint,
        yes,
        new ModelOpener.Engine(
            device,
            precision,
            threads,
            cacheMemory.map(MemorySize.Bytes::count).orElse(0L),
            adapter,
            false));
  }
}
