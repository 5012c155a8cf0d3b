package dev.mallard.generator.engine;

import dev.mallard.generator.constraint.Constraint;
import dev.mallard.generator.model.Completion;
import dev.mallard.generator.model.GenerationRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;

/**
 * A request on its way through the scheduler: its prompt is read once, its candidates start as
 * there is room for them.
 *
 * <p>The thread that waits uses {@link #events} and {@link #cancel}; all else is the scheduler's.
 */
final class Job {
  private final GenerationRequest request;
  private final int[] prompt;
  private final int maxTokens;
  private final int stable;
  private final int adapter;
  private final Optional<Constraint> constraint;
  private final Predicate<String> complete;
  private final BlockingQueue<GenerationEvent> events = new LinkedBlockingQueue<>();
  private volatile boolean cancelled;

  private final List<Candidate> live = new ArrayList<>();
  private final Completion[] completions;
  private CachedSequence sequence = new CachedSequence(new int[0]);
  private Optional<Logits> afterPrompt = Optional.empty();
  private int read;
  private int started;
  private int ended;

  /**
   * Makes a job.
   *
   * @param prompt token ids, at least one
   * @param maxTokens of each completion
   * @param stable how many of the prompt's first tokens are likely to begin later prompts as well
   * @param adapter number of the adapter; -1 for none
   * @param constraint of each completion, if its form is given
   * @param complete says of a completion so far whether it needs no more
   */
  Job(
      GenerationRequest request,
      int[] prompt,
      int maxTokens,
      int stable,
      int adapter,
      Optional<Constraint> constraint,
      Predicate<String> complete) {
    this.request = request;
    this.prompt = prompt;
    this.maxTokens = maxTokens;
    this.stable = stable;
    this.adapter = adapter;
    this.constraint = constraint;
    this.complete = complete;
    this.completions = new Completion[request.candidates()];
  }

  GenerationRequest request() {
    return request;
  }

  int[] prompt() {
    return prompt;
  }

  int maxTokens() {
    return maxTokens;
  }

  int stable() {
    return stable;
  }

  int adapter() {
    return adapter;
  }

  Optional<Constraint> constraint() {
    return constraint;
  }

  /** Whether a completion needs no more. */
  boolean isComplete(String text) {
    return complete.test(text);
  }

  /** Whether its candidates need the scores of all tokens, and not only the likeliest one. */
  boolean needsScores() {
    return !request.sampling().greedy() || constraint.isPresent();
  }

  /** Positions that its prompt and one candidate need. */
  int positions() {
    return prompt.length + maxTokens;
  }

  BlockingQueue<GenerationEvent> events() {
    return events;
  }

  void tell(GenerationEvent event) {
    events.add(event);
  }

  /** Ends it with a failure, and nothing else. */
  void fail(Throwable cause) {
    tell(new GenerationEvent.Failed(cause));
    cancel();
  }

  /** Asks that it end with what there is. */
  void cancel() {
    cancelled = true;
  }

  boolean cancelled() {
    return cancelled;
  }

  /**
   * Gives the prompt its slots.
   *
   * @param known how many of the first ones are filled already
   */
  void begin(CachedSequence slots, int known) {
    sequence = slots;
    read = known;
  }

  CachedSequence sequence() {
    return sequence;
  }

  boolean promptRead() {
    return read == prompt.length;
  }

  /** Positions of the prompt that are filled. */
  int read() {
    return read;
  }

  /** The next part of the prompt. */
  int[] part(int most) {
    return Arrays.copyOfRange(prompt, read, Math.min(prompt.length, read + most));
  }

  /** The next part of the prompt, which is divided in the same place whatever else there is. */
  int[] wholePart() {
    return Arrays.copyOfRange(prompt, read, read < stable ? stable : prompt.length);
  }

  void advance(int tokens) {
    read += tokens;
  }

  /** What comes after the prompt, for candidates that start later. */
  Optional<Logits> afterPrompt() {
    return afterPrompt;
  }

  void afterPrompt(Logits logits) {
    afterPrompt = Optional.of(logits);
  }

  boolean allStarted() {
    return started == request.candidates();
  }

  /** Starts the next candidate. */
  Candidate start(CachedSequence slots) {
    Candidate candidate = new Candidate(this, started++, slots);
    live.add(candidate);
    return candidate;
  }

  /** The candidates that have started and not ended. */
  List<Candidate> live() {
    return live;
  }

  /** Takes a candidate's completion. */
  void end(Candidate candidate) {
    completions[candidate.number] = candidate.completion();
    live.remove(candidate);
    ended++;
  }

  /** What there is of all candidates. */
  List<Completion> soFar() {
    List<Completion> all = new ArrayList<>();
    for (Completion completion : completions) {
      all.add(
          completion == null
              ? new Completion("", Completion.Finish.CANCELLED, prompt.length, 0, 0)
              : completion);
    }
    live.forEach(candidate -> all.set(candidate.number, candidate.completion()));
    return all;
  }

  boolean done() {
    return ended == completions.length;
  }

  /** Those of all candidates, once the job is done. */
  List<Completion> completions() {
    return List.of(completions);
  }
}
