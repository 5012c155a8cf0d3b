package dev.mallard.lsp.request;

import static dev.mallard.lsp.request.TestEditor.await;
import static dev.mallard.lsp.request.TestEditor.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.mallard.generator.UserException;
import dev.mallard.generator.model.LanguageModel;
import dev.mallard.lsp.work.ModelSource;
import dev.mallard.sandbox.Sandbox;
import dev.mallard.sandbox.pool.PoolOptions;
import dev.mallard.sandbox.pool.WorkerPool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionContext;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.CodeLens;
import org.eclipse.lsp4j.CodeLensParams;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DidChangeConfigurationParams;
import org.eclipse.lsp4j.ExecuteCommandParams;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.WorkDoneProgressCancelParams;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An editor, the server, the real sandbox, and a model that answers from a script. */
class PythonSearchTest {
  private static final String STUB =
      """
      def add(a, b):
          \"""Adds two numbers.\"""
          pass


      assert add(1, 2) == 3
      assert add("🦆", "é") == "🦆é"
      """;

  private static final String RIGHT = "```python\ndef add(a, b):\n    return a + b\n```\n";
  private static final String WRONG = "```python\ndef add(a, b):\n    return a - b\n```\n";
  private static Sandbox sandbox;

  @TempDir private Path folder;

  @BeforeAll
  static void startSandbox() {
    sandbox = WorkerPool.start(PoolOptions.DEFAULT.withWorkers(2));
  }

  @AfterAll
  static void closeSandbox() {
    sandbox.close();
  }

  private TestEditor editor(LanguageModel model) throws Exception {
    TestEditor editor = new TestEditor(model, sandbox, folder.resolve("shown"));
    editor.begin(Clients.able());
    return editor;
  }

  private String uri() {
    return folder.resolve("calc.py").toUri().toString();
  }

  private static List<String> messages(List<Diagnostic> diagnostics) {
    return diagnostics.stream().map(diagnostic -> diagnostic.getMessage().getLeft()).toList();
  }

  @Test
  void failingTestsAreShownOnTheirLinesOnceADocumentIsOpened() throws Exception {
    try (TestEditor editor = editor(ScriptedModel.answering(RIGHT))) {
      editor.open(uri(), "python", STUB);
      await(() -> editor.diagnostics(uri()).size() == 2);
      assertThat(messages(editor.diagnostics(uri())))
          .containsExactly(
              "add(1, 2) is None, and should be 3",
              "add(\"🦆\", \"é\") is None, and should be '🦆é'");
      assertThat(editor.diagnostics(uri()).getFirst().getRange())
          .isEqualTo(new Range(new Position(5, 0), new Position(5, 21)));
    }
  }

  @Test
  void aBodyIsGeneratedRepairedAndProposed() throws Exception {
    ScriptedModel model = ScriptedModel.answering(WRONG, RIGHT);
    try (TestEditor editor = editor(model)) {
      editor.open(uri(), "python", STUB);
      Object result = within(editor.start(Commands.GENERATE, uri(), "add"));
      assertThat(result.toString()).contains("solved=true", "applied=true", "turns=2");
      assertThat(editor.text(uri())).isEqualTo(STUB.replace("pass", "return a + b"));
      assertThat(editor.edits()).hasSize(1);
      assertThat(editor.edits().getFirst().getEdit().getChangeAnnotations().values())
          .allMatch(annotation -> annotation.getNeedsConfirmation());
      assertThat(model.questions().getFirst())
          .contains("Adds two numbers.", "assert add(1, 2) == 3");
      assertThat(model.questions().get(1)).contains("return a - b", "add(1, 2)");
      assertThat(editor.progress()).isNotEmpty();
      editor.save(uri());
      await(() -> editor.diagnostics(uri()).isEmpty());
    }
  }

  @Test
  void actionsAndLensesOfferWhatCanBeDone() throws Exception {
    try (TestEditor editor = editor(ScriptedModel.answering(RIGHT))) {
      editor.open(uri(), "python", STUB + "\n\ndef two():\n    return 2\n");
      TextDocumentIdentifier document = new TextDocumentIdentifier(uri());
      List<? extends CodeLens> lenses =
          within(editor.server().getTextDocumentService().codeLens(new CodeLensParams(document)));
      assertThat(lenses)
          .extracting(lens -> lens.getCommand().getTitle())
          .containsExactly("Run tests", "Generate");
      var actions =
          within(
              editor
                  .server()
                  .getTextDocumentService()
                  .codeAction(
                      new CodeActionParams(
                          document,
                          new Range(new Position(5, 3), new Position(5, 3)),
                          new CodeActionContext(List.of()))));
      assertThat(actions)
          .extracting(action -> action.getRight())
          .extracting(CodeAction::getTitle)
          .contains("Mallard: generate body of add", "Mallard: write tests for add");
    }
  }

  @Test
  void theDeathOfTheSandboxesWorkersIsNotNoticed() throws Exception {
    try (TestEditor editor = editor(ScriptedModel.answering(RIGHT))) {
      editor.open(uri(), "python", STUB);
      await(() -> editor.diagnostics(uri()).size() == 2);
      ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
      Object result = within(editor.start(Commands.GENERATE, uri(), "add"));
      assertThat(result.toString()).contains("solved=true", "applied=true");
      assertThat(editor.messages()).isEmpty();
    }
  }

  @Test
  void aProgramThatPassesIsNotTouched() throws Exception {
    ScriptedModel model = ScriptedModel.answering(RIGHT);
    try (TestEditor editor = editor(model)) {
      editor.open(uri(), "python", STUB.replace("pass", "return a + b"));
      Object result = within(editor.start(Commands.DEBUG, uri(), "add"));
      assertThat(result.toString()).contains("turns=0");
      assertThat(model.questions()).isEmpty();
      assertThat(editor.edits()).isEmpty();
    }
  }

  @Test
  void whatCannotBeSolvedChangesNothingAndShowsTheTranscript() throws Exception {
    try (TestEditor editor = editor(ScriptedModel.answering(WRONG))) {
      JsonObject settings = new JsonObject();
      settings.addProperty("maxTurns", 2);
      editor.settings(settings);
      editor
          .server()
          .getWorkspaceService()
          .didChangeConfiguration(new DidChangeConfigurationParams(new JsonObject()));
      editor.open(uri(), "python", STUB);
      await(() -> !editor.diagnostics(uri()).isEmpty());
      Object result = within(editor.start(Commands.GENERATE, uri(), "add"));
      assertThat(result.toString()).contains("solved=false");
      assertThat(editor.text(uri())).isEqualTo(STUB);
      assertThat(editor.shown()).hasSize(1);
      assertThat(editor.messages().getLast()).contains("after 2 turns");
    }
  }

  @Test
  void anEditElsewhereInTheDocumentDoesNotDisturbAndTheProposalFollowsIt() throws Exception {
    ScriptedModel model = ScriptedModel.held(RIGHT);
    try (TestEditor editor = editor(model)) {
      editor.open(uri(), "python", STUB);
      CompletableFuture<Object> result = editor.start(Commands.GENERATE, uri(), "add");
      await(() -> !model.questions().isEmpty());
      editor.change(uri(), new Range(new Position(0, 0), new Position(0, 0)), "# A comment.\n\n");
      model.answer();
      assertThat(within(result).toString()).contains("applied=true");
      assertThat(editor.text(uri()))
          .isEqualTo("# A comment.\n\n" + STUB.replace("pass", "return a + b"));
    }
  }

  @Test
  void anEditWhileTheProposalIsOnItsWayHasItMadeAgain() throws Exception {
    try (TestEditor editor = editor(ScriptedModel.answering(RIGHT))) {
      editor.open(uri(), "python", STUB);
      editor.beforeEdit(edit -> {
        if (editor.edits().size() == 1) {
          editor.change(uri(), new Range(new Position(0, 0), new Position(0, 0)), "X = 1\n");
        }
      });
      assertThat(within(editor.start(Commands.GENERATE, uri(), "add")).toString())
          .contains("applied=true");
      assertThat(editor.edits()).hasSize(2);
      assertThat(editor.text(uri())).isEqualTo("X = 1\n" + STUB.replace("pass", "return a + b"));
    }
  }

  @Test
  void aChangeOfTheDefinitionStopsTheSearchForIt() throws Exception {
    ScriptedModel model = ScriptedModel.held(RIGHT);
    try (TestEditor editor = editor(model)) {
      editor.open(uri(), "python", STUB);
      CompletableFuture<Object> result = editor.start(Commands.GENERATE, uri(), "add");
      await(() -> !model.questions().isEmpty());
      editor.replace(uri(), "Adds two", "Adds 2");
      assertThatThrownBy(() -> within(result)).hasMessageContaining("was changed");
      assertThat(editor.edits()).isEmpty();
    }
  }

  @Test
  void theUserCancelsByTheProgress() throws Exception {
    ScriptedModel model = ScriptedModel.held(RIGHT);
    try (TestEditor editor = editor(model)) {
      editor.open(uri(), "python", STUB);
      CompletableFuture<Object> result = editor.start(Commands.GENERATE, uri(), "add");
      await(() -> !model.questions().isEmpty() && !editor.progress().isEmpty());
      editor
          .server()
          .cancelProgress(
              new WorkDoneProgressCancelParams(editor.progress().getFirst().getToken()));
      assertThatThrownBy(() -> within(result)).isNotNull();
      assertThat(editor.text(uri())).isEqualTo(STUB);
    }
  }

  @Test
  void anExplanationIsShownAndItsLinesWhereTheCursorIs() throws Exception {
    ScriptedModel model =
        ScriptedModel.answering("It adds.\n1: It has two parameters.\n2: It returns their sum.\n");
    try (TestEditor editor = editor(model)) {
      String text = "x = 1\n\ndef add(a, b):\n    return a + b\n";
      editor.open(uri(), "python", text);
      within(editor.start(Commands.EXPLAIN, uri(), "add"));
      assertThat(Files.readString(editor.shown().getFirst())).contains("It returns their sum.");
      Hover hover =
          within(
              editor
                  .server()
                  .getTextDocumentService()
                  .hover(new HoverParams(new TextDocumentIdentifier(uri()), new Position(3, 8))));
      assertThat(hover.getContents().getRight().getValue()).isEqualTo("It returns their sum.");
    }
  }

  @Test
  void testsOfTheModelAreProposedIfTheProgramPassesThem() throws Exception {
    ScriptedModel model =
        ScriptedModel.answering(
            "assert add(2, 2) == 4\nassert add(2, 2) == 5\nassert add(0, 0) == 0\n");
    try (TestEditor editor = editor(model)) {
      editor.open(uri(), "python", "def add(a, b):\n    return a + b\n");
      within(editor.start(Commands.WRITE_TESTS, uri(), "add"));
      assertThat(editor.text(uri()))
          .contains("assert add(2, 2) == 4\nassert add(0, 0) == 0")
          .doesNotContain("== 5");
    }
  }

  @Test
  void aTranslationIsProposedAsANewFile() throws Exception {
    ScriptedModel model =
        ScriptedModel.answering("```javascript\nfunction add(a, b) {\n  return a + b;\n}\n```\n");
    try (TestEditor editor = editor(model)) {
      editor.open(uri(), "python", "def add(a, b):\n    return a + b\n");
      JsonObject argument = new JsonObject();
      argument.addProperty("uri", uri());
      argument.addProperty("problem", "add");
      argument.addProperty("language", "javascript");
      within(
          editor
              .server()
              .getWorkspaceService()
              .executeCommand(new ExecuteCommandParams(Commands.TRANSLATE, List.of(argument))));
      assertThat(editor.created())
          .containsEntry(
              folder.resolve("add.js").toUri().toString(),
              "function add(a, b) {\n  return a + b;\n}\n");
      assertThat(folder.resolve("add.js")).doesNotExist();
    }
  }

  @Test
  void aModelThatCannotBeHadIsToldInASentence() throws Exception {
    ModelSource none =
        new ModelSource() {
          @Override
          public LanguageModel open(Wish wish, Consumer<String> progress) {
            throw new UserException("There is no model: fetch one with 'mallard models pull'.");
          }

          @Override
          public boolean canBeHeld(Wish wish) {
            return true;
          }
        };
    try (TestEditor editor = new TestEditor(none, sandbox, folder.resolve("shown"))) {
      editor.begin(Clients.able());
      editor.open(uri(), "python", STUB);
      assertThatThrownBy(() -> within(editor.start(Commands.GENERATE, uri(), "add")))
          .hasMessageContaining("mallard models pull");
      assertThat(editor.messages())
          .contains("There is no model: fetch one with 'mallard models pull'.");
    }
  }

  @Test
  void anEditorThatKnowsLittleGetsPlainEdits() throws Exception {
    try (TestEditor editor =
        new TestEditor(ScriptedModel.answering(RIGHT), sandbox, folder.resolve("shown"))) {
      editor.begin(Clients.plain());
      editor.open(uri(), "python", STUB);
      within(editor.start(Commands.GENERATE, uri(), "add"));
      assertThat(editor.edits().getFirst().getEdit().getChanges()).hasSize(1);
      assertThat(editor.text(uri())).isEqualTo(STUB.replace("pass", "return a + b"));
      assertThat(editor.progress()).isEmpty();
    }
  }

  @Test
  void whatIsTypedBeforeAnythingWasSaidOfTheDocumentIsLookedAt() throws Exception {
    try (TestEditor editor = editor(ScriptedModel.answering(RIGHT))) {
      editor.open(uri(), "python", "def f():\n    return 1\n");
      editor.replace(uri(), "():", "(:");
      await(() -> editor.diagnostics(uri()).size() == 1);
      assertThat(editor.diagnostics(uri()).getFirst().getRange().getStart().getLine()).isZero();
    }
  }

  @Test
  void aSyntaxErrorIsShownAtOnceAndGoesWhenItIsMended() throws Exception {
    try (TestEditor editor = editor(ScriptedModel.answering(RIGHT))) {
      editor.settings(manual());
      editor.open(uri(), "python", "def f(:\n    return 1\n");
      await(() -> editor.diagnostics(uri()).size() == 1);
      assertThat(editor.diagnostics(uri()).getFirst().getRange().getStart().getLine()).isZero();
      editor.replace(uri(), "(:", "():");
      await(() -> editor.diagnostics(uri()).isEmpty());
    }
  }

  private static JsonObject manual() {
    JsonObject settings = new JsonObject();
    settings.addProperty("runTests", "manual");
    return settings;
  }
}
