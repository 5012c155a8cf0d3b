package dev.mallard.lsp.work;

import dev.mallard.generator.loop.Attempt;
import dev.mallard.generator.loop.Event;
import dev.mallard.generator.prompt.Quoted;
import java.util.function.Consumer;

/** A search as a text in Markdown, as it happens. May be used by several threads. */
final class TranscriptText implements Consumer<Event> {
  private static final int LONGEST_FEEDBACK = 4000;

  private final StringBuilder text = new StringBuilder();
  private String label = "";

  @Override
  public synchronized void accept(Event event) {
    switch (event) {
      case Event.Started started -> {
        label = started.problem().language().label();
        paragraph("# " + Quoted.line(started.problem().title(), 200));
        paragraph("With " + Quoted.line(started.model(), 200) + ".");
        if (!started.problem().visibleTests().isEmpty()) {
          paragraph("Its tests:");
          paragraph(Quoted.fenced(label, started.problem().visibleTests().source()));
        }
      }
      case Event.TurnStarted turn -> paragraph("## Turn " + turn.turn());
      case Event.FeedbackGiven given -> {
        paragraph(
            "What the model was told of the program of turn %d:".formatted(given.attempt().turn()));
        paragraph(Quoted.fenced("text", Quoted.cut(given.feedback().text(), LONGEST_FEEDBACK)));
      }
      case Event.AttemptCompleted(var attempt) -> attempt(attempt);
      case Event.TestsProposed proposed -> {
        paragraph("There were no tests. The model proposed these, which are not the user's:");
        paragraph(Quoted.fenced(label, String.join("\n", proposed.kept())));
      }
      case Event.Solved solved -> paragraph("Solved.");
      case Event.GaveUp gaveUp -> paragraph("Given up: the last turn is over.");
      case Event.Cancelled cancelled -> paragraph("Stopped.");
      case Event.Asked asked -> {}
      case Event.Answered answered -> {}
      case Event.TextGenerated generated -> {}
      case Event.HiddenTestsRun run -> {}
    }
  }

  private void attempt(Attempt attempt) {
    if (attempt.turn() == 0) {
      paragraph("## As it was");
    }
    paragraph(
        attempt.program().isBlank()
            ? "The answer held no program."
            : Quoted.fenced(label, attempt.program()));
    paragraph("Verdict: " + Quoted.line(Verdicts.reason(attempt.report().verdict()), 500) + ".");
  }

  private void paragraph(String lines) {
    text.append(lines).append("\n\n");
  }

  /** A program by itself. */
  static String fenced(Target target, String program) {
    return "# %s\n\n%s\n"
        .formatted(
            Quoted.line(target.definition().qualifiedName(), 200),
            Quoted.fenced(target.analysis().language().label(), program));
  }

  /** All of it so far. */
  synchronized String markdown() {
    return text.toString().stripTrailing() + "\n";
  }
}
