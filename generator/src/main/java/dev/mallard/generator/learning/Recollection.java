package dev.mallard.generator.learning;

import dev.mallard.generator.loop.Demonstrations;
import dev.mallard.generator.memory.Experience;
import dev.mallard.generator.memory.ExperienceStore;
import dev.mallard.generator.memory.ProblemText;
import dev.mallard.generator.problem.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Demonstrations from the memory: solutions of problems, and repairs of programs, that have much in
 * common with the one at hand. A search engine always finds something, and a problem that only
 * shares a word is no help, so that a part of the words must be the same.
 */
public final class Recollection implements Demonstrations {
  private static final int MOST_SOLUTIONS = 2;
  private static final int MOST_REPAIRS = 1;

  /** How much of the smaller problem's words must be in the larger's. */
  private static final double LEAST_SHARE = 0.5;

  private static final int SHORTEST_WORD = 4;
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

  private final ExperienceStore store;

  /** Searches a store, which it does not close. */
  public Recollection(ExperienceStore store) {
    this.store = store;
  }

  @Override
  public List<Demonstration> of(Problem problem) {
    return store.similarSolutions(problem, MOST_SOLUTIONS).stream()
        .filter(solution -> isClose(problem, solution.problem()))
        .map(solution -> new Demonstration(task(solution.problem()), solution.program()))
        .toList();
  }

  @Override
  public List<RepairDemonstration> ofRepair(Problem problem, String program, String feedback) {
    return store.similarRepairs(problem, program, feedback, MOST_REPAIRS).stream()
        .filter(repair -> isClose(problem, repair.problem()))
        .map(Recollection::demonstration)
        .toList();
  }

  private static RepairDemonstration demonstration(Experience.Repair repair) {
    return new RepairDemonstration(
        task(repair.problem()), repair.failingProgram(), repair.feedback(), repair.program());
  }

  private static String task(ProblemText problem) {
    return (problem.title() + "\n\n" + problem.statement()).strip();
  }

  private static boolean isClose(Problem problem, ProblemText other) {
    Set<String> words = words(problem.title() + " " + problem.statement());
    Set<String> others = words(other.title() + " " + other.statement());
    long shared = words.stream().filter(others::contains).count();
    return shared > 0 && shared >= LEAST_SHARE * Math.min(words.size(), others.size());
  }

  private static Set<String> words(String text) {
    return BETWEEN_WORDS
        .splitAsStream(text.toLowerCase(Locale.ROOT))
        .filter(word -> word.length() >= SHORTEST_WORD)
        .collect(Collectors.toUnmodifiableSet());
  }
}
