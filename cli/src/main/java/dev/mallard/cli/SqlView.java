package dev.mallard.cli;

import dev.mallard.generator.prompt.VisibleText;
import dev.mallard.generator.sql.QueryResult;
import dev.mallard.generator.sql.SqlAnswer;
import dev.mallard.generator.sql.SqlCandidate;
import dev.mallard.generator.sql.SqlEvent;
import dev.mallard.generator.sql.SqlGroup;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Shows a person how a question is being answered: each query, the votes, the explanation. */
final class SqlView implements Consumer<SqlEvent> {
  private static final String PLAIN = "";
  private static final String BOLD = "1";
  private static final String DIM = "2";
  private static final String RED = "31";
  private static final String GREEN = "32";
  private static final String CYAN = "36";

  /** Most lines of a result that are shown. */
  private static final int MOST_LINES = 52;

  private final PrintStream out;
  private final boolean colour;
  private int maxTurns;

  SqlView(PrintStream out, boolean colour) {
    this.out = out;
    this.colour = colour;
  }

  @Override
  public void accept(SqlEvent event) {
    switch (event) {
      case SqlEvent.Started started -> started(started);
      case SqlEvent.TurnStarted turn -> turnStarted(turn);
      case SqlEvent.TextGenerated generated -> {}
      case SqlEvent.QueryRun run -> query(run.candidate());
      case SqlEvent.Voted voted -> voted(voted);
      case SqlEvent.Explained explained -> {
        print(BOLD, "The model on the query that has won:");
        explained.explanation().text().lines().forEach(line -> print(CYAN, "  > " + line));
      }
      case SqlEvent.Answered answered -> answered(answered.answer());
    }
    out.flush();
  }

  private void started(SqlEvent.Started started) {
    maxTurns = started.settings().maxTurns();
    print(BOLD, started.question().question().strip());
    print(DIM, started.model());
    if (started.madeUpRows() > 0) {
      print(
          PLAIN,
          "The database is empty: about %s of each table are made up, so that queries differ."
              .formatted(Numbers.count(started.madeUpRows(), "row")));
    }
  }

  private void turnStarted(SqlEvent.TurnStarted turn) {
    out.println();
    String how =
        turn.temperature() == 0
            ? "greedy"
            : String.format(Locale.ROOT, "temperature %.1f", turn.temperature());
    print(
        BOLD,
        "Turn %d of %d: %s%s (%s)"
            .formatted(
                turn.turn(),
                maxTurns,
                turn.feedback().isEmpty() ? "" : "repair, ",
                turn.candidates() == 1 ? "1 query" : turn.candidates() + " queries",
                how));
    if (!turn.feedback().isEmpty()) {
      turn.feedback().lines().forEach(line -> print(CYAN, "  > " + line));
    }
  }

  private void query(SqlCandidate candidate) {
    String query = candidate.query().lines().map(String::strip).collect(Collectors.joining(" "));
    print(PLAIN, "  %d. %s".formatted(candidate.number() + 1, query));
    print(candidate.ran() ? GREEN : RED, "     " + SqlResultText.of(candidate.result()));
  }

  private void voted(SqlEvent.Voted voted) {
    String votes =
        voted.groups().stream()
            .map(group -> Integer.toString(group.votes()))
            .collect(Collectors.joining(" : "));
    String failed = voted.failed() == 0 ? "" : " (%d without a vote)".formatted(voted.failed());
    print(BOLD, "Votes: " + (votes.isEmpty() ? "none" : votes) + failed);
  }

  private void answered(SqlAnswer answer) {
    out.println();
    String effort =
        "%s, %s, %s s"
            .formatted(
                Numbers.count(answer.turns(), "turn"),
                Numbers.count(answer.tokens(), "token"),
                Numbers.seconds(answer.elapsed()));
    if (answer.chosen().isEmpty()) {
      print(RED, "No query runs (%s).".formatted(effort));
      return;
    }
    SqlGroup winner = answer.groups().getFirst();
    String votes = "%d of %d agree".formatted(winner.votes(), answer.candidates().size());
    if (answer.accepted()) {
      print(GREEN, "Answered (%s; %s):".formatted(votes, effort));
    } else {
      print(RED, "Doubtful, the model itself objects (%s; %s):".formatted(votes, effort));
    }
    out.println();
    print(PLAIN, winner.best().query());
    out.println();
    if (answer.madeUpRows() > 0) {
      print(DIM, "Its result on the rows that are made up:");
    }
    if (winner.best().result() instanceof QueryResult.Rows(String table)) {
      table.lines().limit(MOST_LINES).forEach(line -> print(PLAIN, line));
      long more = table.lines().count() - MOST_LINES;
      if (more > 0) {
        print(DIM, "... and %d more".formatted(more));
      }
    }
  }

  private void print(String style, String text) {
    String visible = VisibleText.of(text);
    out.println(
        colour && !style.isEmpty() ? "\u001b[" + style + "m" + visible + "\u001b[0m" : visible);
  }
}
