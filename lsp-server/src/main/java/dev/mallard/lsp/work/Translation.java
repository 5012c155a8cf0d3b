package dev.mallard.lsp.work;

import dev.mallard.generator.UserException;
import dev.mallard.generator.feedback.FeedbackKind;
import dev.mallard.generator.loop.Attempt;
import dev.mallard.generator.loop.LoopSettings;
import dev.mallard.generator.loop.Outcome;
import dev.mallard.generator.loop.SelfDebugger;
import dev.mallard.generator.problem.Language;
import dev.mallard.generator.problem.Languages;
import dev.mallard.generator.problem.Problem;
import dev.mallard.generator.prompt.Quoted;
import dev.mallard.lsp.document.Documents;
import dev.mallard.sandbox.TestSuite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Has a definition translated into another language, and proposes the translation as a new file
 * beside the old one. The tests are not translated: the translation has run, and no more is known
 * of it.
 */
public final class Translation {
  private final Services services;

  /**
   * What came of it.
   *
   * @param written whether there is a translation that runs
   * @param applied whether the editor has it
   */
  public record Result(boolean written, boolean applied) {}

  public Translation(Services services) {
    this.services = services;
  }

  /**
   * Translates.
   *
   * @param label of the language that it is translated into
   * @throws UserException if that is no language that Mallard writes
   * @throws InterruptedException if the calling thread is interrupted
   */
  public Result translate(String uri, String name, String label, Progress progress)
      throws InterruptedException {
    Language language =
        Languages.BUILT_IN
            .byLabel(label)
            .orElseThrow(() ->
                new UserException(
                    "\"%s\" is no language that Mallard translates into: name python, java or javascript."
                        .formatted(label)));
    Target target = services.target(uri, name);
    LoopSettings settings = services.loop().withoutProposals();
    TranscriptText transcript = new TranscriptText();
    services.findings().searched(uri, target.definition().qualifiedName(), transcript);
    progress.report("the model translates " + name);
    Outcome outcome =
        services
            .model()
            .use(
                services.wish(),
                progress::report,
                model ->
                    new SelfDebugger(
                            model,
                            services.sandbox().get(),
                            FeedbackKind.combined(services.settings().get().feedback()),
                            InstantSource.system())
                        .solve(problem(target, language), settings, transcript));
    Optional<String> program = outcome.best().map(Attempt::program).filter(one -> !one.isBlank());
    if (!outcome.solved() || program.isEmpty()) {
      if (services
          .editor()
          .offer(
              "No translation of %s into %s that runs was found."
                  .formatted(name, language.displayName()),
              "Show the transcript")) {
        services.editor().show(name, transcript.markdown());
      }
      return new Result(false, false);
    }
    return new Result(true, propose(target, language, program.get()));
  }

  private static Problem problem(Target target, Language language) {
    Language from = target.analysis().language();
    String statement =
        "This is a program in %s:\n\n%s\n\nWrite it in %s: with the same names, it must do the same."
            .formatted(
                from.displayName(),
                Quoted.fenced(from.label(), target.program()),
                language.displayName());
    return new Problem(
        "Translate %s to %s".formatted(target.definition().name(), language.displayName()),
        statement,
        Optional.empty(),
        language,
        TestSuite.EMPTY,
        TestSuite.EMPTY);
  }

  private boolean propose(Target target, Language language, String program)
      throws InterruptedException {
    String name = target.definition().name();
    Optional<Path> file =
        Documents.path(target.analysis().document().uri())
            .flatMap(source -> Optional.ofNullable(source.getParent()))
            .flatMap(folder -> free(folder, name, language.extensions().getFirst()));
    Editor.Answer answer =
        file.isEmpty()
            ? Editor.Answer.UNABLE
            : services
                .editor()
                .proposeFile(
                    file.get().toUri().toString(),
                    "Translate %s to %s".formatted(name, language.displayName()),
                    program);
    if (answer == Editor.Answer.UNABLE) {
      services
          .editor()
          .show(name, "# %s\n\n%s\n".formatted(name, Quoted.fenced(language.label(), program)));
    }
    return answer == Editor.Answer.APPLIED;
  }

  /** A name that no file has yet. */
  private static Optional<Path> free(Path folder, String name, String extension) {
    for (int number = 1; number < 100; number++) {
      Path file = folder.resolve("%s%s.%s".formatted(name, number == 1 ? "" : number, extension));
      if (!Files.exists(file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }
}
