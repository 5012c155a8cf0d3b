package dev.mallard.grammars.digest;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Rules of operators that bind the closer the later they stand.
 *
 * @param levels from the loosest; never empty
 * @param operand the rule of what the closest are applied to
 */
record Ladder(List<Level> levels, String operand) {

  /**
   * A rule of operators.
   *
   * @param operators as people read them, such as {@code + -} or {@code prefix not}
   */
  record Level(String rule, List<String> operators) {}

  /** The rule that stands for all of it. */
  String rule() {
    return levels.getFirst().rule();
  }

  /** The names of its rules. */
  List<String> rules() {
    return levels.stream().map(Level::rule).toList();
  }

  /**
   * All of it in one line.
   *
   * @param named whether something else uses a level, so that it must have its name
   * @param writtenOperand the operand as it is written
   */
  String text(Predicate<String> named, String writtenOperand) {
    return levels.stream()
        .map(level ->
            (!level.rule().equals(rule()) && named.test(level.rule()) ? level.rule() + ": " : "")
                + String.join(" ", level.operators()))
        .collect(
            Collectors.joining(
                ", ", rule() + ": " + writtenOperand + " with operators, from the loosest: ", ""));
  }
}
