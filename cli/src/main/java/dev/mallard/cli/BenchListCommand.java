package dev.mallard.cli;

import dev.mallard.benchmarks.dataset.DataSet;
import dev.mallard.benchmarks.dataset.DataSetInfo;
import dev.mallard.benchmarks.dataset.DataSetStore;
import dev.mallard.benchmarks.dataset.RemoteDataFile;
import dev.mallard.generator.catalogue.ByteSize;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** Lists the data sets. */
@Command(
    name = "list",
    description = "Lists the data sets: what each is, its licence, and where it is found.",
    mixinStandardHelpOptions = true)
final class BenchListCommand implements Callable<Integer> {
  private final Services services;

  @Option(names = "--json", description = "Print one JSON object per line.")
  private boolean json;

  BenchListCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() {
    PrintStream out = services.console().out();
    DataSetStore store = new DataSetStore(services.cache());
    for (DataSet set : BenchDataOptions.SETS.all()) {
      DataSetInfo info = set.info();
      if (json) {
        out.println(JsonMapper.shared().writeValueAsString(info));
      } else {
        out.printf("%s (%s)%n", info.name(), Numbers.count(info.tasks(), "task"));
        out.printf("  %s%n", info.description());
        out.printf("  Licence: %s. Source: %s%n", info.licence(), info.source());
        out.printf("  %s%n%n", where(info, store));
      }
    }
    return ExitCode.SUCCESS;
  }

  private static String where(DataSetInfo info, DataSetStore store) {
    if (info.name().equals("mallard")) {
      return "Comes with Mallard.";
    }
    if (store.find(info).isPresent()) {
      return "Is here.";
    }
    long bytes = info.files().stream().mapToLong(RemoteDataFile::bytes).sum();
    return info.files().isEmpty()
        ? "Not here: name your copy with --data."
        : "Not here: 'mallard bench fetch %s' gets %s."
            .formatted(info.name(), ByteSize.format(bytes));
  }
}
