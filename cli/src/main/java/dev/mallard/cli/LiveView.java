package dev.mallard.cli;

import dev.mallard.generator.loop.Attempt;
import dev.mallard.generator.loop.Ending;
import dev.mallard.generator.loop.Event;
import dev.mallard.generator.loop.Outcome;
import dev.mallard.generator.loop.Purpose;
import dev.mallard.generator.loop.TurnKind;
import dev.mallard.generator.model.Completion;
import dev.mallard.generator.prompt.VisibleText;
import dev.mallard.sandbox.Report;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Shows a person how a problem is being solved: the code as it streams, each verdict, each repair.
 * On a terminal text appears as it comes; elsewhere whole lines are printed, without colours.
 *
 * <p>Of a batch only the first candidate is shown while it is written.
 */
final class LiveView implements Consumer<Event> {
  private enum Style {
    PLAIN(""),
    BOLD("1"),
    DIM("2"),
    RED("31"),
    GREEN("32"),
    CYAN("36");

    private final String code;

    Style(String code) {
      this.code = code;
    }
  }

  private static final String MARGIN = "  | ";

  private final PrintStream out;
  private final boolean streaming;
  private final boolean colour;
  private final StringBuilder line = new StringBuilder();
  private boolean lineBegun;
  private int maxTurns;
  private int samples;

  LiveView(Console console) {
    this.out = console.out();
    this.streaming = console.outIsTerminal();
    this.colour = console.colour();
  }

  @Override
  public void accept(Event event) {
    switch (event) {
      case Event.Started started -> started(started);
      case Event.TurnStarted turn -> turnStarted(turn);
      case Event.FeedbackGiven given ->
          given.feedback().text().lines().forEach(text -> print(Style.CYAN, "  > " + text));
      case Event.TextGenerated generated -> text(generated);
      case Event.Asked asked -> asked(asked);
      case Event.Answered answered -> answered(answered);
      case Event.AttemptCompleted completed -> attempt(completed.attempt());
      case Event.TestsProposed proposed -> testsProposed(proposed);
      case Event.Cancelled cancelled -> print(Style.RED, "Stopped.");
      case Event.HiddenTestsRun hidden -> hiddenTests(hidden.report());
      case Event.Solved solved -> ended(solved.outcome());
      case Event.GaveUp gaveUp -> ended(gaveUp.outcome());
    }
    out.flush();
  }

  private void started(Event.Started started) {
    maxTurns = started.settings().maxTurns();
    samples = started.settings().samples();
    print(Style.BOLD, started.problem().title());
    print(Style.DIM, started.model());
  }

  private void turnStarted(Event.TurnStarted turn) {
    out.println();
    String task =
        switch (turn.kind()) {
          case GIVEN -> "the program";
          case FRESH -> turn.turn() == 1 ? "first attempt" : "new attempt";
          case REPAIR -> "repair";
        };
    String how =
        turn.temperature() == 0
            ? "greedy"
            : String.format(Locale.ROOT, "temperature %.1f", turn.temperature());
    String batch = turn.candidates() == 1 ? "" : ", %d programs".formatted(turn.candidates());
    print(
        Style.BOLD, "Turn %d of %d: %s (%s%s)".formatted(turn.turn(), maxTurns, task, how, batch));
  }

  /** Passes text on, by the piece or by the line. */
  private void text(Event.TextGenerated generated) {
    if (generated.candidate() != 0) {
      return;
    }
    String text = VisibleText.of(generated.text());
    int start = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      piece(text.substring(start, end));
      endLine();
      start = end + 1;
    }
    piece(text.substring(start));
  }

  private void piece(String text) {
    if (!streaming) {
      line.append(text);
      lineBegun |= !text.isEmpty();
    } else if (!text.isEmpty()) {
      out.print((lineBegun ? "" : MARGIN) + text);
      lineBegun = true;
    }
  }

  private void endLine() {
    if (!streaming) {
      out.println((MARGIN + line).stripTrailing());
      line.setLength(0);
    } else {
      out.println(lineBegun ? "" : MARGIN.stripTrailing());
    }
    lineBegun = false;
  }

  private void asked(Event.Asked asked) {
    switch (asked.purpose()) {
      case PROGRAM -> {}
      case FEEDBACK -> print(Style.DIM, "  asks the model about the program");
      case TESTS -> print(Style.DIM, "  asks the model for tests");
    }
  }

  private void answered(Event.Answered answered) {
    if (answered.purpose() == Purpose.FEEDBACK) {
      int tokens = answered.completions().stream().mapToInt(Completion::tokens).sum();
      print(
          Style.DIM,
          "  answered [%s, %s s]"
              .formatted(Numbers.count(tokens, "token"), Numbers.seconds(answered.elapsed())));
    }
  }

  private void testsProposed(Event.TestsProposed proposed) {
    out.println();
    print(
        Style.BOLD,
        "Tests that the model proposed, and its programs agree on (they are not yours):");
    proposed.kept().forEach(test -> print(Style.PLAIN, "  " + test));
  }

  private void attempt(Attempt attempt) {
    if (lineBegun) {
      endLine();
    }
    if (attempt.kind() == TurnKind.GIVEN) {
      out.println();
      print(Style.BOLD, "The program as it is");
    }
    String which =
        samples == 1 || attempt.kind() == TurnKind.GIVEN
            ? ""
            : "program %d ".formatted(attempt.candidate() + 1);
    String again =
        attempt.repeats().isPresent()
            ? " (the same program as in turn %d)".formatted(attempt.repeats().getAsInt())
            : "";
    String cost =
        attempt.candidate() == 0 && attempt.kind() != TurnKind.GIVEN
            ? " [%s, %s s]"
                .formatted(
                    Numbers.count(attempt.completion().tokens(), "token"),
                    Numbers.seconds(attempt.generationTime()))
            : "";
    print(
        attempt.passed() ? Style.GREEN : Style.RED,
        "  " + which + VerdictText.of(attempt.report().verdict()) + again + cost);
  }

  private void hiddenTests(Report report) {
    out.println();
    print(
        report.verdict().passed() ? Style.GREEN : Style.RED,
        "Hidden tests: " + VerdictText.of(report.verdict()));
  }

  private void ended(Outcome outcome) {
    out.println();
    String effort =
        "%s, %s, %s s"
            .formatted(
                Numbers.count(outcome.transcript().turns(), "turn"),
                Numbers.count(outcome.usage().completion(), "token"),
                Numbers.seconds(outcome.elapsed()));
    if (outcome.ending() == Ending.DOUBTFUL) {
      print(
          Style.CYAN,
          "Passes (%s), but gives the same result for every other input that was tried:"
              .formatted(effort));
    } else if (outcome.solved() && outcome.proposedTests()) {
      print(
          Style.CYAN,
          "Passes the tests that the model proposed; none are yours (%s):".formatted(effort));
    } else if (outcome.solved()) {
      print(Style.GREEN, "Solved (%s):".formatted(effort));
    } else if (outcome.ending() == Ending.NO_TESTS && outcome.best().isPresent()) {
      print(
          Style.RED,
          "Not tested (%s): there are no tests, and the model's programs agree on none:"
              .formatted(effort));
    } else if (outcome.best().isPresent()) {
      Attempt best = outcome.best().get();
      print(
          Style.RED,
          "Not solved (%s%s); the best program, of turn %d, passes %s:"
              .formatted(
                  effort,
                  outcome.ending() == Ending.REPEATS ? ", then the model repeats itself" : "",
                  best.turn(),
                  Numbers.count(best.testsPassed(), "test")));
    } else {
      print(Style.RED, "Not solved (%s); the model wrote no program.".formatted(effort));
    }
    outcome
        .best()
        .ifPresent(best -> {
          out.println();
          print(Style.PLAIN, best.program().stripTrailing());
        });
  }

  private void print(Style style, String text) {
    String visible = VisibleText.of(text);
    if (colour && !style.code.isEmpty()) {
      out.println("\u001b[" + style.code + "m" + visible + "\u001b[0m");
    } else {
      out.println(visible);
    }
  }
}
