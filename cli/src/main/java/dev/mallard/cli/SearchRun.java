package dev.mallard.cli;

import dev.mallard.generator.UserException;
import dev.mallard.generator.loop.Attempt;
import dev.mallard.generator.loop.Event;
import dev.mallard.generator.loop.LoopSettings;
import dev.mallard.generator.loop.Outcome;
import dev.mallard.generator.loop.SelfDebugger;
import dev.mallard.generator.model.LanguageModel;
import dev.mallard.generator.transcript.TranscriptFile;
import dev.mallard.sandbox.ProgramLanguage;
import dev.mallard.sandbox.Sandbox;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/** Searches a program and shows how. */
final class SearchRun {
  private final Services services;
  private final SearchOptions options;
  private final LoopSettings settings;

  /**
   * Prepares it.
   *
   * @param checked checks the options' values
   */
  SearchRun(Services services, SearchOptions options, Options checked) {
    this.services = services;
    this.options = options;
    this.settings = options.settings(checked);
  }

  /**
   * Searches.
   *
   * @return the command's exit code
   */
  int run(SearchTask task) throws InterruptedException {
    Optional<OutputFile> output = options.out().map(OutputFile::at);
    Optional<TranscriptFile> transcript =
        options.transcript().map(file -> TranscriptFile.at(file, InstantSource.system()));
    if (output.isPresent()
        && transcript.map(TranscriptFile::path).equals(output.map(OutputFile::path))) {
      throw new UserException("--out and --transcript name the same file: name two.");
    }
    Console console = services.console();
    Consumer<Event> view = options.json() ? new JsonEvents(console.out()) : new LiveView(console);
    Outcome outcome;
    try {
      outcome =
          search(task, transcript.<Consumer<Event>>map(file -> file.andThen(view)).orElse(view));
    } finally {
      transcript.ifPresent(TranscriptFile::close);
      transcript.flatMap(TranscriptFile::failure).ifPresent(console::message);
    }
    outcome
        .best()
        .map(Attempt::program)
        .ifPresent(program -> output.ifPresent(file -> file.write(program)));
    return outcome.solved() ? ExitCode.SUCCESS : ExitCode.FAILURE;
  }

  private Outcome search(SearchTask task, Consumer<Event> events) throws InterruptedException {
    Console console = services.console();
    try (Remembering memory = Remembering.open(options.memory(services.cache()));
        Sandbox sandbox = services.sandboxes().get()) {
      ProgramLanguage guest = task.problem().language().guestLanguage();
      TestsCheck.check(sandbox, task.testsFile(), guest, task.problem().visibleTests());
      TestsCheck.check(sandbox, task.testsFile(), guest, task.problem().hiddenTests());
      try (LanguageModel model = services.models().open(options.choice(), console)) {
        SelfDebugger debugger =
            new SelfDebugger(
                model,
                sandbox,
                options.feedback(),
                memory.demonstrations(),
                InstantSource.system());
        Consumer<Event> all = events.andThen(memory.recorder());
        return task.program().isPresent()
            ? debugger.debug(task.problem(), task.program().get(), settings, all)
            : debugger.solve(task.problem(), settings, all);
      }
    }
  }
}
