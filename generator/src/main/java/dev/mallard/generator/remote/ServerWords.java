package dev.mallard.generator.remote;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a server said of a failure.
 *
 * @param shown one line for people, short; perhaps empty
 * @param all in lower case, with codes and types, to tell failures apart
 */
record ServerWords(String shown, String all) {
  static final ServerWords NONE = new ServerWords("", "");

  private static final int LONGEST = 200;
  private static final Pattern CONTEXT =
      Pattern.compile(
          "context_length_exceeded|exceed_context_size|maximum context length|context (size|window|length)|"
              + "max_model_len|maximum model length|prompt is too long|too many tokens");
  private static final Pattern CHOICES = Pattern.compile("\\bn\\b|\\bchoices?\\b|\\bbest_of\\b");

  /**
   * Reads the body of an answer that is no success.
   *
   * @param key is left out, should the server repeat it
   */
  static ServerWords of(String body, Optional<String> key) {
    try {
      return of(JsonMapper.shared().readTree(body), key);
    } catch (JacksonException e) {
      boolean page = body.stripLeading().startsWith("<");
      return of(page ? "" : body, body, key);
    }
  }

  /**
   * Reads an error of the forms {@code {"error": {"message": ...}}}, {@code {"error": ...}}, {@code
   * {"message": ...}} and {@code {"detail": ...}}.
   */
  static ServerWords of(JsonNode body, Optional<String> key) {
    JsonNode error = body.path("error");
    String shown =
        Stream.of(error.path("message"), error, body.path("message"), body.path("detail"))
            .filter(node -> !node.isMissingNode() && !node.isNull())
            .findFirst()
            .map(node -> node.isString() ? node.stringValue() : node.toString())
            .orElse("");
    return of(shown, body.toString(), key);
  }

  private static ServerWords of(String shown, String all, Optional<String> key) {
    return new ServerWords(
        oneLine(key.map(secret -> shown.replace(secret, "(key)")).orElse(shown)),
        all.toLowerCase(Locale.ROOT));
  }

  /** A text from outside as one short line, without what could drive a terminal. */
  static String oneLine(String text) {
    String line =
        text.codePoints()
            .limit(4L * LONGEST)
            .map(c -> isUnsafe(c) ? ' ' : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString()
            .strip()
            .replaceAll("\\s+", " ")
            .replaceAll("[.\\s]+$", "");
    return line.codePointCount(0, line.length()) <= LONGEST
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST)) + "…";
  }

  private static boolean isUnsafe(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  boolean empty() {
    return shown.isEmpty();
  }

  boolean mentions(String word) {
    return all.contains(word);
  }

  /** Whether the prompt, or what is to follow it, is too long for the model. */
  boolean saysTooLong() {
    return CONTEXT.matcher(all).find();
  }

  /** Whether it is about how many completions there can be. */
  boolean saysTooManyChoices() {
    return CHOICES.matcher(all).find();
  }
}
