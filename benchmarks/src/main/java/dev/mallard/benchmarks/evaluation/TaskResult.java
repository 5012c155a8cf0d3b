package dev.mallard.benchmarks.evaluation;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What came of one task; a line of {@code results.jsonl}.
 *
 * @param id of the task
 * @param level how hard it is; empty where the data set does not say
 * @param samples all programs that were written, in order
 * @param passedAfterTurn by turn, whether the best program so far is right; the last one holds from
 *     there on
 * @param chosen what the tests that decide say of the program that was chosen in the end; empty if
 *     there is none
 * @param visiblePassed whether the chosen program passes the visible tests; false if there are none
 * @param hasHiddenTests whether the tests that decide are others than the visible ones
 * @param promptTokens that the model has read
 * @param completionTokens that it has written
 * @param seconds from the task's begin to its end, others running beside it
 * @param joules of the GPU in that time, where it tells
 * @param failure why nothing could be tried, such as a statement that is too long for the model
 */
public record TaskResult(
    String id,
    String level,
    List<SampleResult> samples,
    List<Boolean> passedAfterTurn,
    Optional<TaskVerdict> chosen,
    boolean visiblePassed,
    boolean hasHiddenTests,
    long promptTokens,
    long completionTokens,
    double seconds,
    OptionalDouble joules,
    Optional<String> failure) {
  public TaskResult {
    samples = List.copyOf(samples);
    passedAfterTurn = List.copyOf(passedAfterTurn);
  }

  /** Whether the chosen program is right. */
  public boolean passed() {
    return chosen.filter(verdict -> verdict == TaskVerdict.PASSED).isPresent();
  }

  /** Whether the visible tests took a wrong program for a right one. */
  public boolean falsePositive() {
    return visiblePassed && hasHiddenTests && !passed();
  }

  /** Whether the best program after a turn, from 1, is right. */
  public boolean passedAfter(int turn) {
    return !passedAfterTurn.isEmpty()
        && passedAfterTurn.get(Math.min(turn, passedAfterTurn.size()) - 1);
  }
}
