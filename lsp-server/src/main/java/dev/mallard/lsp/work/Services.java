package dev.mallard.lsp.work;

import dev.mallard.generator.UserException;
import dev.mallard.generator.loop.GrammarMode;
import dev.mallard.generator.loop.LoopSettings;
import dev.mallard.lsp.document.Documents;
import dev.mallard.lsp.document.TextDocument;
import dev.mallard.sandbox.GuestLanguage;
import java.util.function.Supplier;

/**
 * What all of the server's work shares.
 *
 * @param settings those of the editor, as they are now
 * @param findings what was found out before
 */
public record Services(
    Documents documents,
    Analyses analyses,
    TestFinder tests,
    DiagnosticsBoard diagnostics,
    WarmModel model,
    WarmSandbox sandbox,
    Editor editor,
    Supplier<Settings> settings,
    Findings findings) {

  /**
   * What an open document holds.
   *
   * @throws UserException if it is not open, or in a language that Mallard does not know
   */
  Analysis analysis(String uri) {
    TextDocument document =
        documents
            .find(uri)
            .orElseThrow(() ->
                new UserException(
                    "The document %s is not open in the editor: open it first.".formatted(uri)));
    return analyses
        .of(document)
        .orElseThrow(() ->
            new UserException(
                "Mallard does not know the language \"%s\": it works on Python, Java, JavaScript and SQL."
                    .formatted(document.languageId())));
  }

  /**
   * What the sandbox runs an open document as.
   *
   * @throws UserException as {@link #analysis}
   */
  public GuestLanguage language(String uri) {
    return analysis(uri).guest();
  }

  Target target(String uri, String name) {
    return Target.find(analysis(uri), name, tests);
  }

  /** How to search, with the grammar if the model can be held to it. */
  LoopSettings loop() {
    LoopSettings loop = settings.get().loop();
    return model.canBeHeld(wish())
        ? loop.withGrammar(GrammarMode.CONSTRAIN, loop.grammarTokens())
        : loop;
  }

  ModelSource.Wish wish() {
    Settings now = settings.get();
    return new ModelSource.Wish(now.model(), now.endpoint());
  }
}
