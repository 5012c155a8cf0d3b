package dev.mallard.generator.prompt;

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

  /** Loads the resource beside a class that has this name. */
  public static PromptTemplate load(Class<?> owner, String resource) {
    try (InputStream in = Objects.requireNonNull(owner.getResourceAsStream(resource), resource)) {
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
}
