package dev.mallard.generator.learning;

import dev.mallard.generator.loop.Attempt;
import dev.mallard.generator.loop.Ending;
import dev.mallard.generator.loop.Event;
import dev.mallard.generator.loop.Outcome;
import dev.mallard.generator.loop.TurnKind;
import dev.mallard.generator.memory.Experience;
import dev.mallard.generator.memory.ExperienceStore;
import dev.mallard.generator.memory.ProblemText;
import dev.mallard.generator.memory.Provenance;
import dev.mallard.generator.problem.Problem;
import dev.mallard.sandbox.TestSuite;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps, of a search that has solved its problem, the program and the repair that it came from. Not
 * the user's own programs, and nothing of a search that gave up.
 */
public final class Recorder implements Consumer<Event> {
  private final ExperienceStore store;
  private final InstantSource clock;
  private final List<Event.FeedbackGiven> repairs = new ArrayList<>();
  private Optional<Event.Started> started = Optional.empty();
  private List<String> proposed = List.of();

  /** Records into a store, which it does not close, one search after the other. */
  public Recorder(ExperienceStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  @Override
  public void accept(Event event) {
    switch (event) {
      case Event.Started some -> {
        started = Optional.of(some);
        repairs.clear();
        proposed = List.of();
      }
      case Event.TestsProposed tests -> proposed = tests.kept();
      case Event.FeedbackGiven given -> repairs.add(given);
      case Event.Solved solved -> started.ifPresent(some -> record(some, solved.outcome()));
      default -> {}
    }
  }

  private void record(Event.Started search, Outcome outcome) {
    Attempt best = outcome.best().orElseThrow();
    if (best.kind() == TurnKind.GIVEN || outcome.ending() == Ending.DOUBTFUL) {
      return;
    }
    Problem problem =
        proposed.isEmpty()
            ? search.problem()
            : search
                .problem()
                .withVisibleTests(TestSuite.asserts(String.join("\n", proposed) + "\n"));
    ProblemText text = ProblemText.of(problem);
    Provenance provenance =
        new Provenance(
            clock.instant(),
            search.model(),
            outcome.hiddenTests().map(report -> report.verdict().passed()),
            !outcome.proposedTests());
    store.add(new Experience.Solution(text, best.program(), provenance));
    repairs.stream()
        .filter(given -> repaired(given, best))
        .findFirst()
        .ifPresent(given ->
            store.add(
                new Experience.Repair(
                    text,
                    given.attempt().program(),
                    given.feedback().text(),
                    best.program(),
                    provenance)));
  }

  private static boolean repaired(Event.FeedbackGiven given, Attempt attempt) {
    int place = attempt.candidate() - given.firstCandidate();
    return given.turn() == attempt.turn()
        && place >= 0
        && place < given.candidates()
        && !given.attempt().program().strip().equals(attempt.program().strip());
  }
}
