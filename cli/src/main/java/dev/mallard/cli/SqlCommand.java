package dev.mallard.cli;

import dev.mallard.generator.model.LanguageModel;
import dev.mallard.generator.problem.TextFile;
import dev.mallard.generator.sql.SqlAnswer;
import dev.mallard.generator.sql.SqlDatabase;
import dev.mallard.generator.sql.SqlEvent;
import dev.mallard.generator.sql.SqlQuestion;
import dev.mallard.generator.sql.SqlSettings;
import dev.mallard.generator.sql.SqlSolver;
import dev.mallard.sandbox.Sandbox;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Answers a question about a database. */
@Command(
    name = "sql",
    description = {
      "Writes a query that answers a question about a database.",
      "Several are written, and the result that most of them agree on wins."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
@SuppressWarnings("NullAway.Init") // Picocli sets the fields.
final class SqlCommand implements Callable<Integer> {
  private static final int MOST_SAMPLES = 64;

  private final Services services;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "QUESTION", description = "What is to be known, in words.")
  private String question;

  @Option(
      names = "--schema",
      paramLabel = "FILE",
      required = true,
      description =
          "Statements that build the database: CREATE TABLE, and INSERT, in SQLite's dialect.")
  private Path schema;

  @Mixin private ModelOptions model = new ModelOptions();

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "Queries to generate in each turn, in one batch.")
  private int samples = SqlSettings.DEFAULT.samples();

  @Option(
      names = "--max-turns",
      paramLabel = "N",
      description = "Turns before the vote is final, the first included.")
  private int maxTurns = SqlSettings.DEFAULT.maxTurns();

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      description = "Longest query, and longest explanation, in tokens.")
  private int maxTokens = SqlSettings.DEFAULT.maxTokens();

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description = "Of the queries; a single one in the first turn is greedy.")
  private double temperature = SqlSettings.DEFAULT.temperature();

  @Option(names = "--seed", paramLabel = "N", description = "Of all randomness.")
  private long seed = SqlSettings.DEFAULT.seed();

  @Mixin private TimeoutOption timeout = new TimeoutOption();

  @Option(
      names = "--json",
      description = "Print one JSON object per line for everything that happens.")
  private boolean json;

  SqlCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() throws InterruptedException {
    ModelOpener.Choice choice = model.choice();
    SqlSettings settings = settings(choice);
    SqlQuestion asked = new SqlQuestion(question, TextFile.read(schema));
    Console console = services.console();
    Consumer<SqlEvent> view =
        json ? new SqlJson(console.out()) : new SqlView(console.out(), console.colour());
    SqlAnswer answer;
    try (Sandbox sandbox = services.sandboxes().get()) {
      SqlDatabase.check(sandbox, schema.toString(), asked.schema());
      try (LanguageModel languageModel = services.models().open(choice, console)) {
        answer =
            new SqlSolver(languageModel, sandbox, InstantSource.system())
                .answer(asked, settings, view);
      }
    }
    return answer.accepted() ? ExitCode.SUCCESS : ExitCode.FAILURE;
  }

  /** What a server writes cannot be held to a grammar. */
  private SqlSettings settings(ModelOpener.Choice choice) {
    Options options = new Options(spec.commandLine());
    options.within("--samples", samples, 1, MOST_SAMPLES);
    options.within("--max-turns", maxTurns, 1, Integer.MAX_VALUE);
    options.within("--max-tokens", maxTokens, 1, Integer.MAX_VALUE);
    options.within("--temperature", temperature, 0, 2);
    return new SqlSettings(
        samples,
        maxTurns,
        maxTokens,
        temperature,
        seed,
        timeout.limits(options),
        choice.endpoint().isEmpty(),
        true);
  }
}
