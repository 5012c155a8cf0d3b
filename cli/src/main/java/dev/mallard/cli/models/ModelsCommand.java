package dev.mallard.cli.models;

import dev.mallard.generator.catalogue.ByteSize;
import dev.mallard.generator.catalogue.DeviceMemory;
import dev.mallard.generator.catalogue.InstalledModel;
import dev.mallard.generator.catalogue.ModelEntry;
import dev.mallard.generator.catalogue.ModelLibrary;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists, gets, describes and removes models. */
@Command(
    name = "models",
    description = "Lists, gets, describes and removes models.",
    mixinStandardHelpOptions = true)
public final class ModelsCommand implements Runnable {
  private static final String NAME_HELP =
      "A name of the list, or [hf:]ORGANISATION/NAME[@REVISION] of Hugging Face.";

  private final Map<String, String> environment;
  private final DeviceMemory memory;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by Picocli
  private CommandSpec spec;

  /** Uses this process's environment and this machine's memory. */
  public ModelsCommand() {
    this(System.getenv(), DeviceMemory.ofProcessor());
  }

  ModelsCommand(Map<String, String> environment, DeviceMemory memory) {
    this.environment = environment;
    this.memory = memory;
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "Say what to do with models: list, pull, info or rm.");
  }

  @Command(
      name = "list",
      description = "Lists the models of the catalogue and what is on this machine.",
      mixinStandardHelpOptions = true)
  int list(@Option(names = "--json", description = "Prints JSON.") boolean json) {
    List<ModelEntry> entries = library().list();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(ModelJson.list(entries));
    } else {
      ModelTable.print(entries, out);
    }
    out.flush();
    return 0;
  }

  @Command(
      name = "pull",
      description = "Gets a model, going on from where an earlier try ended.",
      mixinStandardHelpOptions = true)
  int pull(
      @Parameters(paramLabel = "NAME", description = NAME_HELP) String name,
      @Option(
              names = {"-y", "--yes"},
              description = "Downloads more than 2 GB without asking.")
          boolean yes)
      throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    InstalledModel model;
    try (ConsoleProgress progress = ConsoleProgress.onStandardError(spec.commandLine().getErr())) {
      model = library().pull(name, ConsoleConfirmation.unless(yes), progress);
    }
    out.printf(
        "%s is on this machine: %s, %s%n",
        model.name(), ByteSize.format(model.bytes()), model.checkpoint());
    out.flush();
    return 0;
  }

  @Command(
      name = "info",
      description = "Says what is known about a model.",
      mixinStandardHelpOptions = true)
  int info(
      @Parameters(paramLabel = "NAME", description = NAME_HELP) String name,
      @Option(names = "--json", description = "Prints JSON.") boolean json) {
    ModelEntry entry = library().info(name);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(ModelJson.entry(entry));
    } else {
      ModelTable.describe(entry, out);
    }
    out.flush();
    return 0;
  }

  @Command(
      name = "rm",
      description = "Removes a model that Mallard downloaded.",
      mixinStandardHelpOptions = true)
  int rm(@Parameters(paramLabel = "NAME", description = NAME_HELP) String name) {
    long freed = library().remove(name);
    PrintWriter out = spec.commandLine().getOut();
    out.printf("Removed %s: %s freed.%n", name, ByteSize.format(freed));
    out.flush();
    return 0;
  }

  private ModelLibrary library() {
    return ModelLibrary.open(environment, memory);
  }
}
