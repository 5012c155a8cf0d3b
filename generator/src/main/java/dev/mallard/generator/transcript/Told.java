package dev.mallard.generator.transcript;

import dev.mallard.generator.loop.Attempt;
import dev.mallard.sandbox.Report;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the events so far have told, which later ones name and do not repeat. */
final class Told {
  private final Map<Place, Attempt> attempts = new LinkedHashMap<>();
  private Optional<Report> hiddenTests = Optional.empty();

  private record Place(int turn, int candidate) {}

  /** The last to be told of a place counts: an attempt may be judged again on other tests. */
  void add(Attempt attempt) {
    attempts.put(new Place(attempt.turn(), attempt.candidate()), attempt);
  }

  void add(Report report) {
    hiddenTests = Optional.of(report);
  }

  Optional<Attempt> at(int turn, int candidate) {
    return Optional.ofNullable(attempts.get(new Place(turn, candidate)));
  }

  boolean has(Attempt attempt) {
    return at(attempt.turn(), attempt.candidate()).filter(attempt::equals).isPresent();
  }

  /** All attempts, in the order in which their places were first told of. */
  List<Attempt> all() {
    return List.copyOf(attempts.values());
  }

  Optional<Report> hiddenTests() {
    return hiddenTests;
  }
}
