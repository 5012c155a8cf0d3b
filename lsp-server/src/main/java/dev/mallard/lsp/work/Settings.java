package dev.mallard.lsp.work;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.mallard.generator.UserException;
import dev.mallard.generator.feedback.FeedbackKind;
import dev.mallard.generator.loop.LoopSettings;
import dev.mallard.sandbox.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The section {@code mallard} of the editor's configuration; {@code docs/editors.md} describes it.
 *
 * @param model name or path of the model; empty for what the server was started with
 * @param endpoint of an OpenAI-compatible server; empty likewise
 * @param loop how long and how widely to search
 * @param feedback what the model is told of a program that fails
 * @param runsTests whether tests run when a document is opened or saved
 * @param inlineCompletion whether a body is written as soon as the editor asks what could come
 */
public record Settings(
    Optional<String> model,
    Optional<String> endpoint,
    LoopSettings loop,
    List<FeedbackKind> feedback,
    boolean runsTests,
    boolean inlineCompletion) {
  public static final Settings DEFAULT = of(new JsonObject());

  private static final int MOST_SAMPLES = 64;
  private static final int MOST_SECONDS = 3600;

  public Settings {
    feedback = List.copyOf(feedback);
  }

  /**
   * Reads the section; what it does not say is as by default.
   *
   * @throws UserException if a value is none that the setting can have
   */
  public static Settings of(JsonElement section) {
    JsonObject object = section.isJsonObject() ? section.getAsJsonObject() : new JsonObject();
    LoopSettings standard = LoopSettings.DEFAULT;
    Optional<String> endpoint = text(object, "endpoint");
    Duration wallClock =
        Duration.ofSeconds(
            number(
                object, "timeoutSeconds", Limits.DEFAULT.wallClock().toSeconds(), 1, MOST_SECONDS));
    LoopSettings loop =
        new LoopSettings(
            (int) number(object, "samples", standard.samples(), 1, MOST_SAMPLES),
            (int) number(object, "maxTurns", standard.maxTurns(), 1, 1000),
            (int) number(object, "maxTokens", standard.maxTokens(), 1, 1_000_000),
            temperature(object, standard.temperature()),
            number(object, "seed", standard.seed(), Long.MIN_VALUE, Long.MAX_VALUE),
            Limits.DEFAULT.withWallClock(wallClock));
    return new Settings(
        text(object, "model"),
        endpoint,
        loop,
        feedback(object),
        !text(object, "runTests").orElse("onSave").equals("manual"),
        value(object, "inlineCompletion", JsonPrimitive::isBoolean, "true or false")
            .map(JsonPrimitive::getAsBoolean)
            .orElse(false));
  }

  private static Optional<String> text(JsonObject object, String name) {
    return value(object, name, JsonPrimitive::isString, "a text")
        .map(JsonPrimitive::getAsString)
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }

  private static double temperature(JsonObject object, double otherwise) {
    double temperature =
        value(object, "temperature", JsonPrimitive::isNumber, "a number")
            .map(JsonPrimitive::getAsDouble)
            .orElse(otherwise);
    if (!(temperature >= 0 && temperature <= 2)) {
      throw wrong("temperature", "from 0 to 2");
    }
    return temperature;
  }

  private static long number(
      JsonObject object, String name, long otherwise, long least, long most) {
    Optional<JsonPrimitive> value = value(object, name, JsonPrimitive::isNumber, "a whole number");
    if (value.isEmpty()) {
      return otherwise;
    }
    double number = value.get().getAsDouble();
    if (number != Math.rint(number) || number < least || number > most) {
      throw wrong(name, "a whole number from %d to %d".formatted(least, most));
    }
    return (long) number;
  }

  private static List<FeedbackKind> feedback(JsonObject object) {
    JsonElement list = object.get("feedback");
    if (list == null || list.isJsonNull()) {
      return List.of(FeedbackKind.UNIT_TEST);
    }
    List<FeedbackKind> kinds = new ArrayList<>();
    try {
      for (JsonElement element : list instanceof JsonArray array ? array.asList() : List.of(list)) {
        kinds.add(FeedbackKind.ofLabel(element.getAsString()));
      }
    } catch (IllegalArgumentException | IllegalStateException | UnsupportedOperationException e) {
      throw wrong(
          "feedback",
          "a list of some of "
              + List.of(FeedbackKind.values()).stream().map(FeedbackKind::label).toList());
    }
    return kinds.isEmpty() ? List.of(FeedbackKind.UNIT_TEST) : kinds;
  }

  private static Optional<JsonPrimitive> value(
      JsonObject object, String name, Predicate<JsonPrimitive> fits, String what) {
    JsonElement value = object.get(name);
    if (value == null || value.isJsonNull()) {
      return Optional.empty();
    }
    if (!(value instanceof JsonPrimitive primitive) || !fits.test(primitive)) {
      throw wrong(name, what);
    }
    return Optional.of(primitive);
  }

  private static UserException wrong(String name, String what) {
    return new UserException(
        "The setting mallard.%s must be %s: until it is, the settings from before are used."
            .formatted(name, what));
  }
}
