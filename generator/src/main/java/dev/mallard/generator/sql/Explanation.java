package dev.mallard.generator.sql;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the model says of a query.
 *
 * @param text the explanation in words
 * @param answers whether it says that the query answers the question; empty if it does not tell
 */
public record Explanation(String text, Optional<Boolean> answers) {
  private static final Pattern CONCLUSION = Pattern.compile("(?im)^\\W*answers\\W+(yes|no)\\b");

  /** Reads what the model wrote: the last line such as {@code ANSWERS: no} counts. */
  static Explanation of(String text) {
    Matcher conclusion = CONCLUSION.matcher(text);
    Optional<Boolean> answers = Optional.empty();
    while (conclusion.find()) {
      answers = Optional.of(conclusion.group(1).toLowerCase(Locale.ROOT).equals("yes"));
    }
    return new Explanation(text.strip(), answers);
  }

  /** Whether the model objects to the query. */
  public boolean objects() {
    return answers.filter(answer -> !answer).isPresent();
  }
}
