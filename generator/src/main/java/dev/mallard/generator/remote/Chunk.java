package dev.mallard.generator.remote;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A piece of an answer.
 *
 * @param choices what it adds to completions
 * @param usage numbers of tokens of the whole answer, where they are in it
 */
record Chunk(List<Choice> choices, Optional<Usage> usage) {

  /**
   * What is added to one completion.
   *
   * @param index which of those that the request asked for
   * @param text perhaps empty
   * @param reasoning whether there is something of what a model writes before its answer
   * @param logProbabilities of the tokens in it, NaN where not known; empty where none are given
   * @param finishReason as the server calls it, at the end
   * @param stopString that ended it, where the server says it
   */
  record Choice(
      int index,
      String text,
      boolean reasoning,
      List<Double> logProbabilities,
      Optional<String> finishReason,
      Optional<String> stopString) {

    /** Whether the completion goes on by this, or ends. */
    boolean brings() {
      return !text.isEmpty()
          || reasoning
          || !logProbabilities.isEmpty()
          || finishReason.isPresent();
    }
  }

  /** How many tokens were read and written, in all completions together. */
  record Usage(int promptTokens, int completionTokens) {}

  /**
   * Reads a chunk.
   *
   * @throws RemoteFailure if it is none, or an error
   */
  static Chunk parse(String json, Failures failures) throws RemoteFailure {
    JsonNode chunk;
    try {
      chunk = JsonMapper.shared().readTree(json);
    } catch (JacksonException e) {
      throw failures.notJson();
    }
    if (!chunk.isObject()) {
      throw failures.notJson();
    }
    if (chunk.hasNonNull("error")) {
      ServerWords words = ServerWords.of(chunk, failures.endpoint().key());
      throw failures.brokenOff(chunk.path("error").path("code").asInt(0), words);
    }
    List<Choice> choices = new ArrayList<>();
    for (JsonNode choice : chunk.path("choices")) {
      choices.add(choice(choice));
    }
    return new Chunk(choices, usage(chunk.path("usage")));
  }

  boolean brings() {
    return usage.isPresent() || choices.stream().anyMatch(Choice::brings);
  }

  private static Choice choice(JsonNode choice) {
    // Servers that do not stream have the whole message.
    JsonNode delta = choice.has("delta") ? choice.path("delta") : choice.path("message");
    return new Choice(
        choice.path("index").asInt(0),
        string(delta.path("content")).orElse(""),
        string(delta.path("reasoning_content"))
            .or(() -> string(delta.path("reasoning")))
            .isPresent(),
        logProbabilities(choice.path("logprobs")),
        string(choice.path("finish_reason")),
        string(choice.path("stop_reason")));
  }

  private static List<Double> logProbabilities(JsonNode logprobs) {
    List<Double> values = new ArrayList<>();
    // DJL Serving wraps it into a list.
    for (JsonNode part : logprobs.isArray() ? logprobs : List.of(logprobs)) {
      for (JsonNode token : part.path("content")) {
        values.add(logProbability(token.path("logprob")));
      }
    }
    return values;
  }

  /** Servers have stand-ins for what they do not know, such as vLLM's -9999. */
  private static double logProbability(JsonNode node) {
    double value = node.isNumber() ? node.doubleValue() : Double.NaN;
    boolean possible = value > -9999 && value < 0.001;
    return possible ? Math.min(value, 0) : Double.NaN;
  }

  private static Optional<Usage> usage(JsonNode usage) {
    JsonNode prompt = usage.path("prompt_tokens");
    JsonNode completion = usage.path("completion_tokens");
    return prompt.isInt()
            && completion.isInt()
            && prompt.intValue() >= 0
            && completion.intValue() >= 0
        ? Optional.of(new Usage(prompt.intValue(), completion.intValue()))
        : Optional.empty();
  }

  private static Optional<String> string(JsonNode node) {
    return node.isString() && !node.stringValue().isEmpty()
        ? Optional.of(node.stringValue())
        : Optional.empty();
  }
}
