package dev.mallard.benchmarks.dataset;

import dev.mallard.generator.problem.Language;
import dev.mallard.generator.prompt.Quoted;

/** What a model is asked to translate, in the words of {@code mallard translate}. */
final class Translation {
  private Translation() {}

  /**
   * The statement.
   *
   * @param from the program's language, as people call it
   * @param label what fenced code blocks call it
   */
  static String statement(String from, String label, String program, Language to) {
    return "This is a program in %s:\n\n%s\n\nWrite it in %s: with the same names, it must do the same."
        .formatted(from, Quoted.fenced(label, program.strip()), to.displayName());
  }
}
