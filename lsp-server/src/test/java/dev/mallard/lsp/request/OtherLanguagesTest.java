package dev.mallard.lsp.request;

import static dev.mallard.lsp.request.TestEditor.await;
import static dev.mallard.lsp.request.TestEditor.within;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.generator.model.LanguageModel;
import dev.mallard.sandbox.Sandbox;
import dev.mallard.sandbox.pool.PoolOptions;
import dev.mallard.sandbox.pool.WorkerPool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionContext;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.ExecuteCommandParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Java, JavaScript and SQL as an editor sees them: the failing test, the code action, the body that
 * passes, and the undoing of it.
 */
class OtherLanguagesTest {
  private static Sandbox sandbox;

  @TempDir private Path folder;

  @BeforeAll
  static void startSandbox() {
    sandbox = WorkerPool.start(PoolOptions.DEFAULT.withWorkers(2).withAhead(Set.of()));
  }

  @AfterAll
  static void closeSandbox() {
    sandbox.close();
  }

  private TestEditor editor(LanguageModel model) throws Exception {
    TestEditor editor = new TestEditor(model, sandbox, folder.resolve("shown"));
    editor.begin(Clients.counting("utf-8"));
    return editor;
  }

  private String uri(String name) {
    return folder.resolve(name).toUri().toString();
  }

  private static List<String> messages(List<Diagnostic> diagnostics) {
    return diagnostics.stream().map(diagnostic -> diagnostic.getMessage().getLeft()).toList();
  }

  /** Chooses an action at a line by its title, as a user does. */
  private static String choose(TestEditor editor, String uri, int line, String title)
      throws Exception {
    Position at = new Position(line, 0);
    CodeAction action =
        within(
                editor
                    .server()
                    .getTextDocumentService()
                    .codeAction(
                        new CodeActionParams(
                            new TextDocumentIdentifier(uri),
                            new Range(at, at),
                            new CodeActionContext(editor.diagnostics(uri)))))
            .stream()
            .map(either -> either.getRight())
            .filter(one -> one.getTitle().equals(title))
            .findFirst()
            .orElseThrow();
    return within(
            editor
                .server()
                .getWorkspaceService()
                .executeCommand(
                    new ExecuteCommandParams(
                        action.getCommand().getCommand(), action.getCommand().getArguments())))
        .toString();
  }

  /** What the editor's undo does: the edit's inverse, as another change. */
  private static void undo(TestEditor editor, String uri, String before) {
    int lines = editor.document(uri).lineCount();
    editor.change(uri, new Range(new Position(0, 0), new Position(lines, 0)), before);
  }

  @Test
  void aJavaMethodIsWrittenForItsExamplesAndItsTests() throws Exception {
    String text =
        """
        package shop;

        /** Prices. */
        public class Prices {
          /**
           * The price with tax, in cents; "é🦆" is no part of it.
           *
           * @example withTax(100, 7) == 107
           */
          public static int withTax(int cents, int percent) {
            throw new UnsupportedOperationException("TODO");
          }
        }
        """;
    Files.writeString(
        folder.resolve("PricesTest.java"),
        """
        package shop;

        import static org.junit.jupiter.api.Assertions.assertEquals;

        import org.junit.jupiter.api.Test;

        class PricesTest {
          @Test
          void nothingCostsNothing() {
            assertEquals(0, Prices.withTax(0, 19));
          }
        }
        """);
    String answer =
        """
        ```java
        class Prices {
            static int withTax(int cents, int percent) {
                int tax = cents * percent / 100;
                return cents + tax;
            }
        }
        ```
        """;
    String uri = uri("Prices.java");
    try (TestEditor editor = editor(ScriptedModel.answering(answer))) {
      editor.open(uri, "java", text);
      await(() -> !editor.diagnostics(uri("PricesTest.java")).isEmpty());
      assertThat(editor.diagnostics(uri("PricesTest.java")).getFirst().getRange().getStart())
          .isEqualTo(new Position(9, 4));
      assertThat(messages(editor.diagnostics(uri)))
          .anyMatch(message -> message.contains("UnsupportedOperationException"));
      assertThat(choose(editor, uri, 10, "Mallard: generate body of withTax"))
          .contains("solved=true", "applied=true");
      String body = "int tax = cents * percent / 100;\n    return cents + tax;";
      assertThat(editor.text(uri))
          .isEqualTo(text.replace("throw new UnsupportedOperationException(\"TODO\");", body));
      editor.save(uri);
      await(() ->
          editor.diagnostics(uri).isEmpty()
              && editor.diagnostics(uri("PricesTest.java")).isEmpty());
      undo(editor, uri, text);
      editor.save(uri);
      await(() -> !editor.diagnostics(uri).isEmpty());
    }
  }

  @Test
  void aTestThatDoesNotCompileDoesNotSpoilTheOthers() throws Exception {
    Files.writeString(
        folder.resolve("TwoTest.java"),
        """
        import static org.junit.jupiter.api.Assertions.assertEquals;

        import org.junit.jupiter.api.Test;

        class TwoTest {
          @Test
          void isTwo() {
            assertEquals(2, Two.two());
          }

          @Test
          void isThree() {
            assertEquals(3, Two.three());
          }
        }
        """);
    String uri = uri("Two.java");
    try (TestEditor editor = editor(ScriptedModel.answering(""))) {
      editor.open(uri, "java", "class Two {\n  static int two() {\n    return 1;\n  }\n}\n");
      await(() -> !editor.diagnostics(uri("TwoTest.java")).isEmpty());
      assertThat(messages(editor.diagnostics(uri("TwoTest.java"))))
          .anyMatch(message -> message.contains("Two.two()"));
      Object result = within(editor.start(Commands.RUN_TESTS, uri, "Two.two"));
      assertThat(result).hasToString("{passed=0.0, failed=2.0}");
    }
  }

  @Test
  void aJavaScriptFunctionIsRepairedUntilItsTestsPass() throws Exception {
    String text =
        """
        /**
         * Adds.
         * @example add(1, 2) // 3
         */
        export function add(a, b) {
          return a - b;
        }

        console.assert(add("🦆", "é") === "🦆é");
        """;
    String uri = uri("add.js");
    try (TestEditor editor =
        editor(
            ScriptedModel.answering(
                "```javascript\nfunction add(a, b) {\n  return a + b;\n}\n```\n"))) {
      editor.open(uri, "javascript", text);
      await(() -> editor.diagnostics(uri).size() == 2);
      assertThat(editor.diagnostics(uri))
          .extracting(diagnostic -> diagnostic.getRange().getStart().getLine())
          .containsExactly(2, 8);
      assertThat(choose(editor, uri, 5, "Mallard: repair add"))
          .contains("solved=true", "applied=true");
      assertThat(editor.text(uri)).isEqualTo(text.replace("a - b", "a + b"));
      editor.save(uri);
      await(() -> editor.diagnostics(uri).isEmpty());
      undo(editor, uri, text);
      assertThat(editor.text(uri)).isEqualTo(text);
    }
  }

  @Test
  void aQueryIsWrittenByTheVoteOfSeveral() throws Exception {
    String text =
        """
        CREATE TABLE duck (id INTEGER PRIMARY KEY, city TEXT);
        INSERT INTO duck (city) VALUES ('Rome'), ('Rome'), ('Oslo');

        -- How many ducks live in Rome?
        """;
    String uri = uri("ducks.sql");
    try (TestEditor editor =
        editor(
            ScriptedModel.answering(
                "```sql\nSELECT COUNT(*) FROM duck WHERE city = 'Rome';\n```\n"))) {
      editor.open(uri, "sql", text);
      assertThat(choose(editor, uri, 3, "Mallard: write the query")).contains("applied=true");
      assertThat(editor.text(uri))
          .isEqualTo(text.stripTrailing() + "\nSELECT COUNT(*) FROM duck WHERE city = 'Rome';\n");
    }
  }
}
