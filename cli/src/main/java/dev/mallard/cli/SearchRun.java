package dev.mallard.cli;

import dev.mallard.generator.loop.Attempt;
import dev.mallard.generator.loop.Event;
import dev.mallard.generator.loop.LoopSettings;
import dev.mallard.generator.loop.Outcome;
import dev.mallard.generator.loop.SelfDebugger;
import dev.mallard.generator.model.LanguageModel;
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
    Console console = services.console();
    Consumer<Event> view = options.json() ? new JsonEvents(console.out()) : new LiveView(console);
    Outcome outcome;
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
        Consumer<Event> events = view.andThen(memory.recorder());
        outcome =
            task.program().isPresent()
                ? debugger.debug(task.problem(), task.program().get(), settings, events)
                : debugger.solve(task.problem(), settings, events);
      }
    }
    outcome
        .best()
        .map(Attempt::program)
        .ifPresent(program -> output.ifPresent(file -> file.write(program)));
    return outcome.solved() ? ExitCode.SUCCESS : ExitCode.FAILURE;
  }
}
