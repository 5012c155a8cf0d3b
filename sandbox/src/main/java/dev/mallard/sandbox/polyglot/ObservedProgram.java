package dev.mallard.sandbox.polyglot;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A program as it is run under observation, and what its lines mean.
 *
 * @param text the text to run. It does what the program does, and may have lines that the program
 *     has not
 * @param lines for each line of the text, the line of the program on which the statement begins
 *     that it belongs to, or 0 if it belongs to none
 * @param choices lines of the program that decide which line comes next
 * @param functions its functions and classes, where they are known
 */
public record ObservedProgram(
    String text, List<Integer> lines, Set<Integer> choices, List<Function> functions) {
  public ObservedProgram {
    lines = List.copyOf(lines);
    choices = Set.copyOf(choices);
    functions = List.copyOf(functions);
  }

  /** A program that is run as it is. */
  public static ObservedProgram unchanged(String program, Set<Integer> choices) {
    int lines = (int) program.chars().filter(character -> character == '\n').count() + 1;
    return new ObservedProgram(
        program, IntStream.rangeClosed(1, lines).boxed().toList(), choices, List.of());
  }

  /**
   * A function, or the body of a class.
   *
   * @param name its name
   * @param first the first line of the text that belongs to it
   * @param last the last line of the text on which it may be said to begin
   * @param line the line of the program on which it begins
   * @param parameters names of its parameters, in order
   * @param isClass whether it is the body of a class
   */
  public record Function(
      String name, int first, int last, int line, List<String> parameters, boolean isClass) {
    public Function {
      parameters = List.copyOf(parameters);
    }
  }

  /** The line of the program that a line of the text stands for; 0 if it stands for none. */
  public int programLine(int line) {
    return line >= 1 && line <= lines.size() ? lines.get(line - 1) : 0;
  }

  /** The function of this name that begins on this line of the text. */
  Optional<Function> function(String name, int line) {
    return functions.stream()
        .filter(
            function ->
                function.name().equals(name) && function.first() <= line && line <= function.last())
        .findFirst();
  }
}
