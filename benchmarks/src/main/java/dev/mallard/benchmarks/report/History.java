package dev.mallard.benchmarks.report;

import dev.mallard.benchmarks.evaluation.SampleResult;
import dev.mallard.benchmarks.evaluation.TaskResult;
import dev.mallard.benchmarks.evaluation.TaskVerdict;
import dev.mallard.generator.loop.Attempt;
import dev.mallard.generator.loop.Ending;
import dev.mallard.generator.loop.Event;
import dev.mallard.generator.loop.Outcome;
import dev.mallard.generator.problem.Problem;
import dev.mallard.generator.transcript.Recording;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * How a task was solved, of what a reader is shown.
 *
 * @param problem what was asked; empty without a transcript
 * @param programs all, by turn; of a turn the one that matters most first: the one that was chosen
 *     in the end, or that was repaired, or else the best
 * @param ending why the search ended; empty if that is not known
 * @param hidden what the tests that decide say of the chosen program; empty if that is not known
 */
record History(
    Optional<Problem> problem,
    List<Program> programs,
    Optional<String> ending,
    Optional<String> hidden) {
  History {
    programs = List.copyOf(programs);
  }

  /** The place of a program. */
  record Place(int turn, int candidate) {
    static Place of(Attempt attempt) {
      return new Place(attempt.turn(), attempt.candidate());
    }
  }

  /**
   * A program.
   *
   * @param kind what the model was asked for, as transcripts call it; empty if that is not known
   * @param text the program; empty if there is none
   * @param answer what the model wrote where there is no program in it; else empty
   * @param visible what the visible tests say
   * @param words the same in sentences; empty if they are not known
   * @param hidden what the tests that decide say, if they were run
   * @param merit more is better
   * @param chosen whether it was chosen in the end
   * @param repaired whether the model was asked to repair it
   * @param repeats an earlier turn that has the same program
   * @param feedback what the model was told before it wrote it; empty if nothing
   * @param repairs what it repairs
   */
  record Program(
      Place place,
      String kind,
      String text,
      String answer,
      Optional<TaskVerdict> visible,
      String words,
      Optional<TaskVerdict> hidden,
      int merit,
      boolean chosen,
      boolean repaired,
      OptionalInt repeats,
      String feedback,
      Optional<Place> repairs) {}

  private static final Comparator<Program> ORDER =
      Comparator.<Program>comparingInt(program -> program.place().turn())
          .thenComparing(program -> !program.chosen())
          .thenComparing(program -> !program.repaired())
          .thenComparing(Comparator.comparingInt(Program::merit).reversed())
          .thenComparingInt(program -> program.place().candidate());

  /** Of a task without a transcript. */
  static History of(TaskResult result) {
    List<Program> programs = new ArrayList<>();
    for (SampleResult sample : result.samples()) {
      TaskVerdict visible = sample.visible().orElse(TaskVerdict.FAILED);
      programs.add(
          new Program(
              new Place(sample.turn(), sample.candidate()),
              "",
              sample.program(),
              "",
              sample.visible(),
              "",
              sample.hidden(),
              switch (visible) {
                case PASSED -> Integer.MAX_VALUE;
                case MALFORMED -> -1;
                default -> 0;
              },
              false,
              false,
              OptionalInt.empty(),
              "",
              Optional.empty()));
    }
    programs.sort(ORDER);
    return new History(Optional.empty(), programs, Optional.empty(), Optional.empty());
  }

  /** Of a task with a transcript. */
  static History of(TaskResult result, Recording recording) {
    Map<Place, Attempt> attempts = new HashMap<>();
    List<Event.FeedbackGiven> feedback = new ArrayList<>();
    Optional<Outcome> outcome = Optional.empty();
    Optional<String> hidden = Optional.empty();
    for (Event event : recording.events()) {
      switch (event) {
        // The same place comes again where the program was run on other tests.
        case Event.AttemptCompleted(var attempt) -> attempts.put(Place.of(attempt), attempt);
        case Event.FeedbackGiven given -> feedback.add(given);
        case Event.HiddenTestsRun(var report) ->
            hidden = Optional.of(VerdictWords.of(report.verdict()));
        case Event.Solved solved -> outcome = Optional.of(solved.outcome());
        case Event.GaveUp gaveUp -> outcome = Optional.of(gaveUp.outcome());
        default -> {}
      }
    }
    Map<Place, TaskVerdict> decided = new HashMap<>();
    for (SampleResult sample : result.samples()) {
      sample
          .hidden()
          .ifPresent(verdict -> decided.put(new Place(sample.turn(), sample.candidate()), verdict));
    }
    Set<Place> repaired = new HashSet<>();
    feedback.forEach(given -> repaired.add(Place.of(given.attempt())));
    Optional<Place> chosen = outcome.flatMap(Outcome::best).map(Place::of);
    List<Program> programs = new ArrayList<>();
    for (Map.Entry<Place, Attempt> entry : attempts.entrySet()) {
      Place place = entry.getKey();
      programs.add(
          program(
              entry.getValue(),
              Optional.ofNullable(decided.get(place)),
              chosen.filter(place::equals).isPresent(),
              repaired.contains(place),
              feedback.stream().filter(given -> isFor(given, place)).findFirst()));
    }
    programs.sort(ORDER);
    return new History(
        Optional.of(recording.started().problem()),
        programs,
        outcome.map(o -> words(o.ending())),
        hidden);
  }

  private static boolean isFor(Event.FeedbackGiven given, Place place) {
    return given.turn() == place.turn()
        && place.candidate() >= given.firstCandidate()
        && place.candidate() < given.firstCandidate() + given.candidates();
  }

  private static Program program(
      Attempt attempt,
      Optional<TaskVerdict> hidden,
      boolean chosen,
      boolean repaired,
      Optional<Event.FeedbackGiven> feedback) {
    TaskVerdict visible = TaskVerdict.of(attempt.report().verdict());
    return new Program(
        Place.of(attempt),
        attempt.kind().name().toLowerCase(Locale.ROOT),
        attempt.program(),
        attempt.program().isBlank() ? attempt.completion().text() : "",
        Optional.of(visible),
        attempt.program().isBlank()
            ? "The answer has no program in it."
            : VerdictWords.of(attempt.report().verdict()),
        hidden,
        switch (visible) {
          case PASSED -> Integer.MAX_VALUE;
          case MALFORMED -> attempt.program().isBlank() ? -2 : -1;
          default -> attempt.testsPassed();
        },
        chosen,
        repaired,
        attempt.repeats(),
        feedback.map(given -> given.feedback().text()).orElse(""),
        feedback.map(given -> Place.of(given.attempt())));
  }

  private static String words(Ending ending) {
    return switch (ending) {
      case PASSED -> "The search ended with a program that passes the visible tests.";
      case DOUBTFUL ->
          "The search ended with a program that passes the visible tests, but seems to know their"
              + " results by heart.";
      case TURNS -> "The search ended when all turns were taken.";
      case REPEATS -> "The search ended when the model only repeated what it had written before.";
      case TOKENS -> "The search ended when its tokens were spent.";
      case TIME -> "The search ended when its time was up.";
      case NO_TESTS -> "The search ended since there were no tests to tell by.";
    };
  }
}
