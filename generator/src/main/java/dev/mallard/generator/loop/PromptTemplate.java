package dev.mallard.generator.loop;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A prompt in a resource file, with places such as {@code {{tests}}} to be filled. */
public record PromptTemplate(String text) {
  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");
  private static final Pattern BLANK_LINES = Pattern.compile("\n{3,}");
  private static final String FENCE = "```";

  /** Loads the resource that has this name beside this class, or this path from the root. */
  public static PromptTemplate load(String resource) {
    try (InputStream in =
        Objects.requireNonNull(PromptTemplate.class.getResourceAsStream(resource), resource)) {
      return new PromptTemplate(new String(in.readAllBytes(), StandardCharsets.UTF_8).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Fills all places in one pass, so that what a value looks like does not matter. A place whose
   * value is empty leaves no gap.
   */
  public String fill(Map<String, String> values) {
    StringBuilder filled = new StringBuilder();
    Matcher matcher = PLACE.matcher(gapless(values));
    while (matcher.find()) {
      String value = values.get(matcher.group(1));
      if (value == null) {
        throw new IllegalStateException("no value for " + matcher.group());
      }
      matcher.appendReplacement(filled, Matcher.quoteReplacement(value));
    }
    matcher.appendTail(filled);
    return filled.toString();
  }

  /** The text without its empty places and the blank lines that they would leave. */
  private String gapless(Map<String, String> values) {
    String result = text;
    for (Map.Entry<String, String> value : values.entrySet()) {
      if (value.getValue().isEmpty()) {
        result = result.replace("{{" + value.getKey() + "}}", "");
      }
    }
    return BLANK_LINES.matcher(result).replaceAll("\n\n").strip();
  }

  /** A fenced code block whose content cannot close it. */
  public static String fenced(String label, String content) {
    String fence = FENCE;
    while (content.contains(fence)) {
      fence += "`";
    }
    return fence + label + "\n" + content.stripTrailing() + "\n" + fence;
  }

  /** A text between tags that it cannot close. */
  public static String tagged(String tag, String content) {
    String harmless = content.replaceAll("(?i)<(?=/\\s*" + Pattern.quote(tag) + ")", "< ");
    return "<" + tag + ">\n" + harmless.strip() + "\n</" + tag + ">";
  }
}
