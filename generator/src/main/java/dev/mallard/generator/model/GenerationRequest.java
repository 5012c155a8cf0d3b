package dev.mallard.generator.model;

import java.util.List;
import java.util.Optional;

/**
 * What to generate.
 *
 * @param conversation the messages so far; the model writes the next, as the assistant
 * @param candidates how many completions, each sampled on its own, at least 1
 * @param maxTokens longest completion in tokens, at least 1; less is generated where the context
 *     ends first
 * @param sampling how tokens are chosen
 * @param seed of all randomness; candidate {@code i} draws from its own stream of it
 * @param stops a completion ends before the first of these strings
 * @param form what every completion is held to; anything, if empty
 */
public record GenerationRequest(
    List<Message> conversation,
    int candidates,
    int maxTokens,
    Sampling sampling,
    long seed,
    List<String> stops,
    Optional<FencedProgram> form) {

  /** A request for a reply of any form. */
  public GenerationRequest(
      List<Message> conversation,
      int candidates,
      int maxTokens,
      Sampling sampling,
      long seed,
      List<String> stops) {
    this(conversation, candidates, maxTokens, sampling, seed, stops, Optional.empty());
  }

  /** The same request for a reply of a form. */
  public GenerationRequest in(FencedProgram wanted) {
    return new GenerationRequest(
        conversation, candidates, maxTokens, sampling, seed, stops, Optional.of(wanted));
  }

  /** The same request for a reply of at most so many tokens. */
  public GenerationRequest withMaxTokens(int longest) {
    return new GenerationRequest(conversation, candidates, longest, sampling, seed, stops, form);
  }

  public GenerationRequest {
    conversation = List.copyOf(conversation);
    stops = List.copyOf(stops);
    if (candidates < 1 || maxTokens < 1) {
      throw new IllegalArgumentException("candidates and maxTokens must be at least 1");
    }
    if (stops.stream().anyMatch(String::isEmpty)) {
      throw new IllegalArgumentException("a stop string must not be empty");
    }
  }
}
