package dev.mallard.generator.remote;

import dev.mallard.generator.model.GenerationRequest;
import dev.mallard.generator.model.Message;
import dev.mallard.generator.model.Sampling;
import java.util.SplittableRandom;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is sent to {@code chat/completions}.
 *
 * @param model name of the model
 * @param generation what is wanted; its number of candidates does not count here
 * @param maxTokens of each completion
 * @param first the first candidate that is asked for
 * @param choices how many are asked for
 * @param logProbabilities whether to ask for those of the tokens
 * @param usage whether to ask for the numbers of tokens
 */
record ChatRequest(
    String model,
    GenerationRequest generation,
    int maxTokens,
    int first,
    int choices,
    boolean logProbabilities,
    boolean usage) {

  /** The same request with what the server does not do left out. */
  ChatRequest without(ServerTraits traits) {
    return new ChatRequest(
        model,
        generation,
        maxTokens,
        first,
        choices,
        traits.givesLogProbabilities(),
        traits.givesUsage());
  }

  String json() {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.put("model", model);
    ArrayNode messages = body.putArray("messages");
    for (Message message : generation.conversation()) {
      messages.addObject().put("role", message.role().label()).put("content", message.content());
    }
    body.put("stream", true);
    if (usage) {
      body.putObject("stream_options").put("include_usage", true);
    }
    body.put("max_tokens", maxTokens);
    if (choices > 1) {
      body.put("n", choices);
    }
    body.put("seed", seed());
    sampling(body);
    if (!generation.stops().isEmpty()) {
      generation.stops().forEach(body.putArray("stop")::add);
    }
    if (logProbabilities) {
      // One alternative, as some servers give nothing without and llama.cpp's gives 20.
      body.put("logprobs", true).put("top_logprobs", 1);
    }
    return JsonMapper.shared().writeValueAsString(body);
  }

  private void sampling(ObjectNode body) {
    Sampling sampling = generation.sampling();
    body.put("temperature", sampling.temperature());
    if (sampling.greedy()) {
      return;
    }
    body.put("top_p", sampling.topP());
    if (sampling.topK() > 0) {
      body.put("top_k", sampling.topK());
    }
    if (sampling.minP() > 0) {
      body.put("min_p", sampling.minP());
    }
  }

  /** Another for each candidate, and of 31 bits, as not all servers take more. */
  private int seed() {
    SplittableRandom seeds = new SplittableRandom(generation.seed());
    int seed = seeds.nextInt();
    for (int i = 0; i < first; i++) {
      seed = seeds.nextInt();
    }
    return seed & Integer.MAX_VALUE;
  }
}
