package dev.mallard.lsp.work;

import dev.mallard.generator.feedback.FeedbackKind;
import dev.mallard.generator.loop.Attempt;
import dev.mallard.generator.loop.LoopSettings;
import dev.mallard.generator.loop.Outcome;
import dev.mallard.generator.loop.SelfDebugger;
import dev.mallard.lsp.splice.Replacement;
import dev.mallard.lsp.splice.Spliced;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Has the body of a definition written once, greedily and held to the grammar, for completion. */
public final class BodyWriting {
  private final Services services;

  public BodyWriting(Services services) {
    this.services = services;
  }

  /**
   * Writes the body of the stub at a place.
   *
   * @return the edits of the document that put it in; empty if there is no stub, or the model wrote
   *     nothing for it
   * @throws InterruptedException if the calling thread is interrupted
   */
  public Optional<List<Replacement>> write(Analysis analysis, int offset)
      throws InterruptedException {
    Optional<Target> target = stubAt(analysis, offset);
    if (target.isEmpty()) {
      return Optional.empty();
    }
    LoopSettings given = services.loop();
    LoopSettings once =
        new LoopSettings(1, 1, given.maxTokens(), given.temperature(), given.seed(), given.limits())
            .withGrammar(given.grammarMode(), given.grammarTokens())
            .withoutProposals();
    Outcome outcome =
        services
            .model()
            .use(
                services.wish(),
                message -> {},
                model ->
                    new SelfDebugger(
                            model,
                            new SplicingSandbox(services.sandbox().get(), target.get().running()),
                            FeedbackKind.combined(List.of(FeedbackKind.SIMPLE)),
                            InstantSource.system())
                        .solve(target.get().problem(), once, event -> {}));
    return outcome
        .best()
        .map(Attempt::program)
        .flatMap(program -> target.get().editing().splice(program))
        .map(Spliced::replacements);
  }

  /** The stub at a place, with its tests; empty if there is none. */
  public Optional<Target> stubAt(Analysis analysis, int offset) {
    return analysis
        .definitionAt(offset)
        .filter(definition -> definition.stub() && offset >= definition.nameSpan().end())
        .map(definition ->
            new Target(analysis, definition, services.tests().of(analysis).of(definition)));
  }
}
