package dev.mallard.generator.engine;

import dev.mallard.generator.UserException;
import dev.mallard.generator.constraint.Constraints;
import dev.mallard.generator.model.GenerationRequest;
import dev.mallard.generator.model.Message;
import dev.mallard.generator.tokenizer.ChatTemplate;
import dev.mallard.generator.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** Makes jobs for the scheduler of requests, and refuses what can never be answered. */
final class JobFactory {
  private final ChatTemplate template;
  private final Tokenizer tokenizer;
  private final Constraints constraints;
  private final int contextLength;
  private final int slots;
  private final long cacheBytes;

  /**
   * Makes jobs for one model.
   *
   * @param slots positions that the key-value cache has room for
   * @param cacheBytes its memory
   */
  JobFactory(
      ChatTemplate template,
      Tokenizer tokenizer,
      Constraints constraints,
      int contextLength,
      int slots,
      long cacheBytes) {
    this.template = template;
    this.tokenizer = tokenizer;
    this.constraints = constraints;
    this.contextLength = contextLength;
    this.slots = slots;
    this.cacheBytes = cacheBytes;
  }

  /**
   * Makes a job.
   *
   * @param adapter number of the adapter in the decoder
   * @param complete says of a completion so far whether it needs no more
   * @throws UserException if it fits neither the model's context nor the cache
   */
  Job of(GenerationRequest request, int adapter, Predicate<String> complete) {
    int[] prompt = prompt(request);
    int room = contextLength - prompt.length;
    if (room < 1) {
      throw new UserException(
          "The prompt has %d tokens and the model's context only %d: shorten the problem, or take a model with a longer context."
              .formatted(prompt.length, contextLength));
    }
    int maxTokens = Math.min(room, request.maxTokens());
    if (prompt.length + maxTokens > slots) {
      throw new UserException(
          "The prompt has %d tokens and its answer may have %d, but the key-value cache has room for %d in all (%d MiB): lower --max-tokens, or give it more memory with --cache-memory."
              .formatted(prompt.length, maxTokens, slots, cacheBytes >> 20));
    }
    return new Job(
        request,
        prompt,
        maxTokens,
        stablePrefix(request.conversation(), prompt),
        adapter,
        request.form().map(constraints::begin),
        complete);
  }

  /** The conversation, and how the reply begins. */
  private int[] prompt(GenerationRequest request) {
    int[] conversation = template.encode(request.conversation());
    int[] opening =
        request
            .form()
            .map(form -> tokenizer.encodeOrdinary(form.opening()))
            .orElseGet(() -> new int[0]);
    int[] prompt = Arrays.copyOf(conversation, conversation.length + opening.length);
    System.arraycopy(opening, 0, prompt, conversation.length, opening.length);
    return prompt;
  }

  /** How much of a prompt does not depend on its last message. */
  private int stablePrefix(List<Message> conversation, int[] prompt) {
    if (conversation.size() < 2) {
      return 0;
    }
    List<Message> other = new ArrayList<>(conversation);
    other.set(other.size() - 1, new Message(other.getLast().role(), "?"));
    int common = Arrays.mismatch(prompt, template.encode(other));
    return Math.min(common < 0 ? prompt.length : common, prompt.length - 1);
  }
}
