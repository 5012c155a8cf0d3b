package dev.mallard.benchmarks.report;

import dev.mallard.benchmarks.evaluation.TaskVerdict;
import dev.mallard.generator.problem.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A problem and how each run solved it, as the page's script reads it.
 *
 * @param statement what was asked; empty if that is not known
 * @param signature what the program had to define; empty if that was left open
 * @param runs one for each run
 */
record ProblemView(String statement, String signature, List<RunView> runs) {
  /**
   * How a run solved it.
   *
   * @param notes what there is to say of it, in sentences
   * @param turns empty if there are no programs
   */
  record RunView(List<String> notes, List<TurnView> turns) {}

  /**
   * A turn.
   *
   * @param kind {@code given}, {@code fresh}, {@code repair}, or empty if that is not known
   * @param verdicts how many programs of it there are of each, by the visible tests
   * @param programs those that are shown, the one that matters most first
   */
  record TurnView(
      int turn, String kind, Map<TaskVerdict, Integer> verdicts, List<ProgramView> programs) {}

  /**
   * A program.
   *
   * @param candidate its place in the turn, from 0
   * @param base the turn with whose first program it is compared; absent for one that stands alone
   * @param changes see {@link ProgramChanges}
   * @param answer what the model wrote where there is no program in it
   * @param visible what the visible tests say
   * @param words the same in sentences
   * @param hidden what the tests that decide say
   * @param chosen whether it was chosen in the end
   * @param repeats an earlier turn that has the same program
   * @param feedback what the model was told before it wrote it
   */
  record ProgramView(
      int candidate,
      OptionalInt base,
      List<Object> changes,
      Optional<String> answer,
      Optional<TaskVerdict> visible,
      Optional<String> words,
      Optional<TaskVerdict> hidden,
      boolean chosen,
      OptionalInt repeats,
      Optional<String> feedback) {}

  /**
   * The view of a problem.
   *
   * @param runs what each run has of it
   * @param most programs that are shown of a turn
   */
  static ProblemView of(List<RunHistory> runs, int most) {
    Optional<Problem> problem =
        runs.stream()
            .flatMap(run -> run.history().stream())
            .flatMap(history -> history.problem().stream())
            .findFirst();
    return new ProblemView(
        problem.map(Problem::statement).map(PageText::block).orElse(""),
        problem.flatMap(Problem::signature).map(PageText::block).orElse(""),
        runs.stream().map(run -> view(run, most)).toList());
  }

  private static RunView view(RunHistory run, int most) {
    List<String> notes = new ArrayList<>(run.notes());
    List<TurnView> turns = new ArrayList<>();
    if (run.history().isPresent()) {
      History history = run.history().get();
      history.ending().ifPresent(notes::add);
      history.hidden().ifPresent(words -> notes.add("The tests that decide say: " + words));
      turns.addAll(turns(history.programs(), most));
    }
    return new RunView(notes.stream().map(PageText::block).toList(), turns);
  }

  private static List<TurnView> turns(List<History.Program> programs, int most) {
    List<TurnView> turns = new ArrayList<>();
    Map<Integer, List<String>> leading = new HashMap<>();
    Map<Integer, History.Place> leaders = new HashMap<>();
    OptionalInt previous = OptionalInt.empty();
    for (int begin = 0; begin < programs.size(); ) {
      int turn = programs.get(begin).place().turn();
      int end = begin;
      Map<TaskVerdict, Integer> verdicts = new EnumMap<>(TaskVerdict.class);
      List<ProgramView> shown = new ArrayList<>();
      for (; end < programs.size() && programs.get(end).place().turn() == turn; end++) {
        History.Program program = programs.get(end);
        program.visible().ifPresent(verdict -> verdicts.merge(verdict, 1, Integer::sum));
        if (end - begin < most) {
          shown.add(view(program, base(program, previous, leaders), leading));
        }
      }
      History.Program first = programs.get(begin);
      turns.add(new TurnView(turn, first.kind(), verdicts, shown));
      leading.put(turn, lines(first.text()));
      leaders.put(turn, first.place());
      previous = OptionalInt.of(turn);
      begin = end;
    }
    return turns;
  }

  /** What it repairs, if that is shown first in its turn, or else the turn before. */
  private static OptionalInt base(
      History.Program program, OptionalInt previous, Map<Integer, History.Place> leaders) {
    return program
        .repairs()
        .filter(place -> place.equals(leaders.get(place.turn())))
        .map(place -> OptionalInt.of(place.turn()))
        .orElse(previous);
  }

  private static ProgramView view(
      History.Program program, OptionalInt base, Map<Integer, List<String>> leading) {
    List<String> before =
        base.isPresent() ? leading.getOrDefault(base.getAsInt(), List.of()) : List.of();
    return new ProgramView(
        program.place().candidate(),
        base,
        ProgramChanges.between(before, lines(program.text())),
        present(program.answer()),
        program.visible(),
        present(program.words()),
        program.hidden(),
        program.chosen(),
        program.repeats(),
        present(program.feedback()));
  }

  private static Optional<String> present(String text) {
    return text.isBlank() ? Optional.empty() : Optional.of(PageText.block(text));
  }

  private static List<String> lines(String program) {
    String text = PageText.block(program).stripTrailing();
    return text.isEmpty() ? Collections.emptyList() : List.of(text.split("\n", -1));
  }
}
