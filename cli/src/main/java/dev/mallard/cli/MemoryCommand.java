package dev.mallard.cli;

import dev.mallard.cli.models.ConsoleConfirmation;
import dev.mallard.generator.UserException;
import dev.mallard.generator.catalogue.Confirmation;
import dev.mallard.generator.memory.ExperienceStore;
import dev.mallard.generator.memory.MemoryStats;
import dev.mallard.generator.memory.Selection;
import dev.mallard.generator.memory.TrainingFormat;
import dev.mallard.generator.prompt.VisibleText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows, exports and forgets what Mallard has learned. */
@Command(
    name = "memory",
    description = "Shows, exports and forgets what Mallard remembers of solved problems.",
    mixinStandardHelpOptions = true)
final class MemoryCommand implements Runnable {
  private final Services services;
  private final Confirmation confirmation;
  private final Clock clock;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by Picocli
  private CommandSpec spec;

  MemoryCommand(Services services) {
    this(services, ConsoleConfirmation.unless(false), Clock.systemUTC());
  }

  MemoryCommand(Services services, Confirmation confirmation, Clock clock) {
    this.services = services;
    this.confirmation = confirmation;
    this.clock = clock;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Say what to do with the memory: stats, export or forget.");
  }

  @Command(
      name = "stats",
      description = "Says how much is remembered.",
      mixinStandardHelpOptions = true)
  int stats(
      @Mixin MemoryOption memory,
      @Option(names = "--json", description = "Print one JSON object.") boolean json) {
    Path folder = memory.folder(services.cache());
    MemoryStats stats;
    try (ExperienceStore store = ExperienceStore.openToRead(folder)) {
      stats = store.stats();
    }
    if (json) {
      services.console().out().println(MemoryText.json(folder, stats));
      services.console().out().flush();
    } else {
      print(MemoryText.table(folder, stats));
    }
    return ExitCode.SUCCESS;
  }

  @Command(
      name = "export",
      description = {
        "Writes what is remembered as lines of JSON, to fine-tune a model with.",
        "Programs that only a model's own tests have verified, or that hidden tests refuted, are",
        "left out."
      },
      mixinStandardHelpOptions = true)
  int export(
      @Parameters(paramLabel = "FILE", description = "Where to write.") Path file,
      @Mixin MemoryOption memory,
      @Option(
              names = "--format",
              defaultValue = "sft",
              description = {
                "sft: questions and their answers; preference: of repairs, the program that passed",
                "and the one that failed. Default: ${DEFAULT-VALUE}."
              })
          TrainingFormat format,
      @Option(names = "--all", description = "Leave nothing out.") boolean all) {
    OutputFile output = OutputFile.at(file);
    Path folder = memory.folder(services.cache());
    int lines;
    try (ExperienceStore store = ExperienceStore.openToRead(folder)) {
      lines = count(store, format, all);
      if (lines > 0) {
        output.write(writer -> store.export(format, all, writer));
      }
    }
    if (lines == 0) {
      services
          .console()
          .message("There is nothing to export in %s; nothing is written.".formatted(folder));
      return ExitCode.FAILURE;
    }
    print("Wrote %s to %s.".formatted(Numbers.count(lines, "line"), file));
    return ExitCode.SUCCESS;
  }

  private static int count(ExperienceStore store, TrainingFormat format, boolean all) {
    try {
      return store.export(format, all, Writer.nullWriter());
    } catch (IOException e) {
      throw new UncheckedIOException("a writer that writes nothing", e);
    }
  }

  @Command(
      name = "forget",
      description = "Forgets what is remembered, for good.",
      mixinStandardHelpOptions = true)
  int forget(
      @Mixin MemoryOption memory,
      @Option(names = "--all", description = "Forget everything.") boolean all,
      @Option(
              names = "--matching",
              paramLabel = "TEXT",
              description =
                  "Forget what has this text in it; capital and small letters are the same.")
          Optional<String> matching,
      @Option(
              names = "--older-than",
              paramLabel = "AGE",
              converter = Age.class,
              description = "Forget what is older, such as 12h, 30d or 8w.")
          Optional<Duration> olderThan,
      @Option(
              names = {"-y", "--yes"},
              description = "Forget without asking.")
          boolean yes)
      throws InterruptedException {
    Selection selection = selection(all, matching, olderThan);
    Path folder = memory.folder(services.cache());
    int selected;
    try (ExperienceStore store = ExperienceStore.openToRead(folder)) {
      selected = store.count(selection);
    }
    if (selected == 0) {
      print("There is nothing to forget.");
      return ExitCode.SUCCESS;
    }
    if (!yes && !confirmed(selected)) {
      print("Nothing is forgotten.");
      return ExitCode.FAILURE;
    }
    try (ExperienceStore store = ExperienceStore.open(folder)) {
      print("Forgot %s.".formatted(Numbers.count(store.forget(selection), "record")));
    }
    return ExitCode.SUCCESS;
  }

  private Selection selection(
      boolean all, Optional<String> matching, Optional<Duration> olderThan) {
    List<Selection> selections = new ArrayList<>();
    if (all) {
      selections.add(new Selection.All());
    }
    matching
        .filter(text -> !text.isBlank())
        .map(Selection.Mentioning::new)
        .ifPresent(selections::add);
    olderThan
        .map(age -> new Selection.Before(clock.instant().minus(age)))
        .ifPresent(selections::add);
    if (selections.size() != 1) {
      throw new ParameterException(
          spec.commandLine(),
          "Say what to forget, by one of --all, --matching TEXT and --older-than AGE.");
    }
    return selections.getFirst();
  }

  private boolean confirmed(int selected) {
    String records = Numbers.count(selected, "record");
    return switch (confirmation.ask("Forget %s for good?".formatted(records))) {
      case YES -> true;
      case NO -> false;
      case NOBODY ->
          throw new UserException(
              "There is no terminal to ask on whether to forget %s: say --yes.".formatted(records));
    };
  }

  private void print(String text) {
    services.console().out().println(VisibleText.of(text));
    services.console().out().flush();
  }
}
