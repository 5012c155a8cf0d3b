package dev.mallard.generator.loop;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What the model is told of a program that did not pass.
 *
 * @param text empty if there is nothing to say
 */
public record Feedback(String text) {
  public static final Feedback NOTHING = new Feedback("");

  /** One after the other. */
  static Feedback joined(List<Feedback> parts) {
    return new Feedback(
        parts.stream()
            .map(Feedback::text)
            .filter(text -> !text.isBlank())
            .collect(Collectors.joining("\n\n")));
  }
}
