package dev.mallard.generator.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Experiences as questions, much as the search asks them; and programs as answers. */
final class TrainingText {
  private static final String FENCE = "```";

  private TrainingText() {}

  /** Asks for a program. */
  static String problem(ProblemText problem) {
    List<String> parts = new ArrayList<>();
    parts.add("Write a %s function that solves this problem.".formatted(problem.language()));
    parts.addAll(task(problem));
    return String.join("\n\n", parts);
  }

  /** Asks for a better program. */
  static String repair(Experience.Repair repair) {
    ProblemText problem = repair.problem();
    List<String> parts = new ArrayList<>();
    parts.add("This %s function does not solve its problem yet.".formatted(problem.language()));
    parts.addAll(task(problem));
    parts.add("The wrong program:");
    parts.add(fenced(problem.language(), repair.failingProgram()));
    parts.add("What happened:");
    parts.add(tagged("feedback", repair.feedback()));
    parts.add("Write the whole corrected function.");
    return String.join("\n\n", parts);
  }

  private static List<String> task(ProblemText problem) {
    List<String> parts = new ArrayList<>();
    parts.add(tagged("problem", problem.title() + "\n\n" + problem.statement()));
    problem
        .signature()
        .ifPresent(signature -> {
          parts.add("It must define:");
          parts.add(fenced(problem.language(), signature));
        });
    parts.add("Examples:");
    parts.add(fenced(problem.language(), problem.tests()));
    return parts;
  }

  /** A fenced code block whose content cannot close it. */
  static String fenced(String label, String content) {
    String fence = FENCE;
    while (content.contains(fence)) {
      fence += "`";
    }
    return fence + label + "\n" + content.stripTrailing() + "\n" + fence;
  }

  /** A text between tags that it cannot close. */
  private static String tagged(String tag, String content) {
    String harmless = content.replaceAll("(?i)<(?=/\\s*" + Pattern.quote(tag) + ")", "< ");
    return "<" + tag + ">\n" + harmless.strip() + "\n</" + tag + ">";
  }
}
