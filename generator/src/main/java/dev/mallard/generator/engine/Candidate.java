package dev.mallard.generator.engine;

import dev.mallard.generator.model.Completion;
import dev.mallard.generator.model.Completion.Finish;
import dev.mallard.generator.model.CompletionText;
import java.util.Arrays;

/** A completion in the making. */
final class Candidate {
  final int number;
  private final Job job;
  private final Sampler sampler;
  private final CompletionText text;
  private final PromptLookup lookup = new PromptLookup();
  private final CachedSequence sequence;
  private int[] tokens;
  private int length;
  private double logProbability;
  private Finish finish = Finish.LENGTH;
  private boolean ended;

  /**
   * Makes one that goes on after a job's prompt.
   *
   * @param sequence has the prompt's slots, and then its own
   */
  Candidate(Job job, int number, CachedSequence sequence) {
    this.job = job;
    this.number = number;
    this.sequence = sequence;
    this.sampler = new Sampler(job.request().sampling(), job.request().seed(), number);
    this.text = new CompletionText(job.request().stops());
    this.tokens = Arrays.copyOf(job.prompt(), job.prompt().length + 64);
    this.length = job.prompt().length;
  }

  boolean ended() {
    return ended;
  }

  /** Prompt and completion. */
  int[] tokens() {
    return Arrays.copyOf(tokens, length);
  }

  CachedSequence sequence() {
    return sequence;
  }

  /** Positions whose keys and values are in the cache: all but the last token. */
  int computed() {
    return length - 1;
  }

  private int generated() {
    return length - job.prompt().length;
  }

  /**
   * The last token and a guess at the next ones.
   *
   * @param mostGuessed longest guess
   */
  int[] next(int mostGuessed) {
    int left = job.maxTokens() - generated() - 1;
    int[] guess =
        mostGuessed == 0 ? new int[0] : lookup.guess(tokens, length, Math.min(mostGuessed, left));
    int[] next = new int[1 + guess.length];
    next[0] = tokens[length - 1];
    System.arraycopy(guess, 0, next, 1, guess.length);
    return next;
  }

  /**
   * Goes on by one token, and by more for as long as what was guessed is what is chosen.
   *
   * @param read what {@link #next} gave
   * @param logits after each of these, from a row on
   */
  void advance(int[] read, Logits logits, int firstRow, Tokens vocabulary) {
    int right = 0;
    while (true) {
      int token = advance(logits, firstRow + right, vocabulary);
      if (ended || right == read.length - 1 || token != read[right + 1]) {
        break;
      }
      // Whoever cancels does so after a token, also where several come in one step.
      job.tell(new GenerationEvent.Step(job.soFar()));
      right++;
    }
    lookup.learn(read.length - 1, right);
  }

  /** Goes on by one token. */
  int advance(Logits logits, int row, Tokens vocabulary) {
    int token =
        job.request().sampling().greedy()
            ? (int) logits.likeliest()[row]
            : sampler.sample(logits.row(row));
    if (length == tokens.length) {
      tokens = Arrays.copyOf(tokens, 2 * length);
    }
    tokens[length++] = token;
    logProbability += logits.logProbability(row, token);
    if (vocabulary.ends().contains(token)) {
      end(Finish.END);
      return token;
    }
    text.add(vocabulary.tokenizer().bytes(token));
    if (text.stopped()) {
      end(Finish.STOP);
    } else if (generated() == job.maxTokens()) {
      end(Finish.LENGTH);
    } else {
      release();
    }
    return token;
  }

  void end(Finish reason) {
    text.end();
    finish = reason;
    ended = true;
    release();
  }

  private void release() {
    String more = text.release();
    if (!more.isEmpty()) {
      job.tell(new GenerationEvent.Text(number, more));
    }
  }

  /** What there is; if it has not ended, as if it were cancelled now. */
  Completion completion() {
    return new Completion(
        text.text(),
        ended ? finish : Finish.CANCELLED,
        job.prompt().length,
        generated(),
        logProbability);
  }
}
