package dev.mallard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.generator.model.Completion;
import dev.mallard.generator.model.GenerationListener;
import dev.mallard.generator.model.GenerationRequest;
import dev.mallard.generator.model.LanguageModel;
import dev.mallard.generator.model.Message;
import dev.mallard.sandbox.Sandbox;
import dev.mallard.sandbox.pool.WorkerPool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code mallard sql} with a scripted model and the real sandbox. */
class SqlCommandTest {
  @TempDir private Path folder;
  private Path schema = Path.of("");
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void writeSchema() throws IOException {
    schema =
        write(
            "CREATE TABLE duck(name TEXT);\nINSERT INTO duck VALUES ('Ann'), ('Bob\u001b[31m');\n");
  }

  @Test
  void showsQueriesVotesAndTheAnswer() {
    int exitCode =
        execute(
            List.of(
                "```sql\nSELECT count(*)\nFROM duck\n```",
                "SELECT 2",
                "SELECT x",
                "Two.\nANSWERS: yes"),
            "How many ducks?",
            "--samples",
            "3");

    assertThat(exitCode).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(text().replaceAll("\\d+\\.\\d s", "0.0 s"))
        .isEqualTo(
            """
            How many ducks?
            a script

            Turn 1 of 3: 3 queries (temperature 0.8)
              1. SELECT count(*) FROM duck
                 1 row
              2. SELECT 2
                 1 row
              3. SELECT x
                 crashed: OperationalError: no such column: x (line 1)
            Votes: 2 (1 without a vote)
            The model on the query that has won:
              > Two.
              > ANSWERS: yes

            Answered (2 of 3 agree; 1 turn, 48 tokens, 0.0 s):

            SELECT count(*)
            FROM duck

            count(*)
            --------
            2
            """);
  }

  @Test
  void theDatabaseCannotDriveTheTerminal() {
    execute(List.of("SELECT name FROM duck", "ANSWERS: yes"), "Who?", "--samples", "1");

    assertThat(text()).contains("Bob\\x1b[31m").doesNotContain("\u001b");
  }

  @Test
  void anObjectionIsAFailure() {
    int exitCode =
        execute(List.of("SELECT 1", "ANSWERS: no"), "Who?", "--samples", "1", "--max-turns", "1");

    assertThat(exitCode).isEqualTo(1);
    assertThat(text()).contains("Doubtful, the model itself objects (1 of 1 agree");
    assertThat(execute(List.of("I pass."), "Who?", "--samples", "1", "--max-turns", "1"))
        .isEqualTo(1);
    assertThat(text()).contains("No query runs (1 turn");
  }

  @Test
  void rowsThatAreMadeUpAreSaidToBe() throws IOException {
    schema = write("CREATE TABLE duck(name TEXT);");

    execute(List.of("SELECT count(*) FROM duck", "ANSWERS: yes"), "How many?", "--samples", "1");

    assertThat(text())
        .contains("The database is empty: about 20 rows of each table are made up")
        .contains("Its result on the rows that are made up:\ncount(*)\n--------\n20\n");
  }

  @Test
  void jsonIsOneObjectPerLine() {
    execute(
        List.of("SELECT name FROM duck", "SELECT x", "Good.\nANSWERS: yes"),
        "Who?",
        "--samples",
        "2",
        "--seed",
        "7",
        "--json");

    List<JsonNode> events = text().lines().map(line -> new JsonMapper().readTree(line)).toList();
    assertThat(events.stream().map(event -> event.get("event").asString()).distinct())
        .containsExactly(
            "started", "turn_started", "text", "query", "voted", "explained", "answered");
    assertThat(events.getFirst().get("seed").asLong()).isEqualTo(7);
    JsonNode answer = events.getLast();
    assertThat(answer.get("accepted").asBoolean()).isTrue();
    assertThat(answer.get("query").asString()).isEqualTo("SELECT name FROM duck");
    assertThat(answer.get("rows").asInt()).isEqualTo(2);
    assertThat(answer.get("groups").get(0).get("votes").asInt()).isEqualTo(1);
    assertThat(events.stream().filter(event -> event.has("error"))).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CREATE TABLE t(a);~INSERT INTO u VALUES (1); | schema.sql:2: the schema does not build a database: no such table: u.",
        "CREATE TABL t(a);                            | schema.sql:1: the schema does not build a database: near \"TABL\": syntax error.",
      })
  void aSchemaThatDoesNotBuildIsOneSentence(String text, String message) throws IOException {
    schema = write(text.replace('~', '\n'));

    assertThat(execute(List.of(), "Who?")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).hasLineCount(1).contains(message);
    assertThat(text()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"--samples,0", "--samples,65", "--max-turns,0", "--temperature,3"})
  void wrongOptionsAreOneSentence(String option, String value) {
    assertThat(execute(List.of(), "Who?", option, value)).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains(option + " must be ");
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("schema.sql"), text);
  }

  private String text() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private int execute(List<String> answers, String... arguments) {
    Console console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            false,
            false);
    AtomicInteger next = new AtomicInteger();
    Services services =
        new Services(
            console,
            folder,
            (choice, progress) -> new Script(answers, next),
            () -> (Sandbox) WorkerPool.start());
    List<String> all = new ArrayList<>(List.of("sql", "--schema", schema.toString()));
    all.addAll(Arrays.asList(arguments));
    return MallardCommand.create(services).execute(all.toArray(String[]::new));
  }

  private record Script(List<String> answers, AtomicInteger next) implements LanguageModel {
    @Override
    public String description() {
      return "a script";
    }

    @Override
    public int contextLength() {
      return 4096;
    }

    @Override
    public int countTokens(List<Message> conversation) {
      return 100;
    }

    @Override
    public List<Completion> generate(GenerationRequest request, GenerationListener listener) {
      List<Completion> completions = new ArrayList<>();
      for (int candidate = 0; candidate < request.candidates(); candidate++) {
        String answer = answers.get(next.getAndIncrement());
        listener.onText(candidate, answer);
        completions.add(new Completion(answer, Completion.Finish.END, 100, 12, -1.5 - candidate));
      }
      return completions;
    }

    @Override
    public void close() {}
  }
}
