package dev.mallard.generator.problem;

import dev.mallard.sandbox.GuestLanguage;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A programming language that Mallard writes programs in. */
public enum Language {
  PYTHON("Python", "python", Pattern.compile("python|py|python3"), "#", GuestLanguage.PYTHON);

  private final String displayName;
  private final String label;
  private final Pattern labels;
  private final String commentStart;
  private final GuestLanguage guestLanguage;

  Language(
      String displayName,
      String label,
      Pattern labels,
      String commentStart,
      GuestLanguage guestLanguage) {
    this.displayName = displayName;
    this.label = label;
    this.labels = labels;
    this.commentStart = commentStart;
    this.guestLanguage = guestLanguage;
  }

  /** The language that a fenced code block names, in any case: {@code python}, {@code py}. */
  public static Optional<Language> byLabel(String label) {
    String wanted = label.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(language -> language.labels.matcher(wanted).matches())
        .findFirst();
  }

  /** What the languages are called in fenced code blocks, as a list for people. */
  static String known() {
    return Arrays.stream(values()).map(Language::label).collect(Collectors.joining(", "));
  }

  /** What people call it. */
  public String displayName() {
    return displayName;
  }

  /** What the sandbox runs it as. */
  public GuestLanguage guestLanguage() {
    return guestLanguage;
  }

  /** What fenced code blocks call it. */
  public String label() {
    return label;
  }

  /** Whether a text holds anything but blank lines and comments. */
  boolean hasCode(String text) {
    return text.lines().anyMatch(line -> !line.isBlank() && !line.strip().startsWith(commentStart));
  }
}
