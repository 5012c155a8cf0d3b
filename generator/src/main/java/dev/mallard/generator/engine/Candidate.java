package dev.mallard.generator.engine;

import dev.mallard.generator.constraint.AllowedTokens;
import dev.mallard.generator.constraint.Constraint;
import dev.mallard.generator.constraint.ConstraintException;
import dev.mallard.generator.model.Completion;
import dev.mallard.generator.model.Completion.Finish;
import dev.mallard.generator.model.CompletionText;
import dev.mallard.generator.model.GenerationListener;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/** A completion in the making. */
final class Candidate {
  final int number;
  private final Job job;
  private final Sampler sampler;
  private final CompletionText text;
  private final PromptLookup lookup = new PromptLookup();
  private final CachedSequence sequence;
  private final Optional<Constraint> constraint;
  private int[] tokens;
  private int length;

  /** Positions whose keys and values are in the cache. */
  private int computed;

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
    this.computed = length;
    this.constraint = job.constraint().map(Constraint::fork);
    job.request()
        .form()
        .ifPresent(form -> {
          text.add(form.opening().getBytes(StandardCharsets.UTF_8));
          release();
        });
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

  /** Positions whose keys and values are in the cache: all but the last tokens. */
  int computed() {
    return computed;
  }

  private int generated() {
    return length - job.prompt().length;
  }

  /**
   * The last tokens, of which all but one had no alternative, and a guess at the next ones.
   *
   * @param mostGuessed longest guess
   */
  int[] next(int mostGuessed) {
    int left = job.maxTokens() - generated() - 1;
    int[] guess =
        mostGuessed == 0 ? new int[0] : lookup.guess(tokens, length, Math.min(mostGuessed, left));
    constraint.ifPresent(grammar -> grammar.expect(guess));
    int[] next = Arrays.copyOfRange(tokens, computed, length + guess.length);
    System.arraycopy(guess, 0, next, length - computed, guess.length);
    return next;
  }

  /**
   * Goes on by one token, and by more for as long as what was guessed is what is chosen.
   *
   * @param read what {@link #next} gave
   * @param logits after each of these, from a row on
   * @param patient whether to wait to know if the next token has an alternative
   */
  void advance(int[] read, Logits logits, int firstRow, Tokens vocabulary, boolean patient) {
    int certain = length - computed;
    for (int i = 1; i < certain; i++) {
      logProbability += logits.logProbability(firstRow + i - 1, read[i]);
    }
    computed = length;
    int right = 0;
    while (true) {
      int row = certain - 1 + right;
      int token = advance(logits, firstRow + row, vocabulary);
      if (ended || row == read.length - 1 || token != read[row + 1]) {
        break;
      }
      // Whoever cancels does so after a token, also where several come in one step.
      job.tell(new GenerationEvent.Step(job.soFar()));
      computed = length;
      right++;
    }
    lookup.learn(read.length - certain, right);
    addForced(vocabulary, patient);
  }

  /**
   * Goes on by one token.
   *
   * @return the token; -1 if none could be found, which ends the candidate and fails its job
   */
  int advance(Logits logits, int row, Tokens vocabulary) {
    try {
      int token = choose(logits, row, vocabulary);
      logProbability += logits.logProbability(row, token);
      add(token, vocabulary);
      return token;
    } catch (ConstraintException e) {
      fail(e);
      return -1;
    }
  }

  private void fail(ConstraintException cause) {
    job.fail(cause);
    end(Finish.CANCELLED);
  }

  private int choose(Logits logits, int row, Tokens vocabulary) {
    boolean greedy = job.request().sampling().greedy();
    int likeliest = (int) logits.likeliest()[row];
    if (constraint.isEmpty()) {
      return greedy ? likeliest : sampler.sample(logits.row(row));
    }
    AllowedTokens allowed = constraint.get().allowed();
    if (greedy && allowed.allows(likeliest, vocabulary.ends())) {
      return likeliest;
    }
    int only = allowed.only();
    if (only >= 0) {
      // As where it is added without logits, nothing is drawn.
      return only;
    }
    float[] scores = logits.row(row);
    allowed.restrict(scores, vocabulary.ends());
    return sampler.sample(scores);
  }

  /** Adds tokens for as long as there is only one that may come: no logits are needed for these. */
  private void addForced(Tokens vocabulary, boolean patient) {
    while (!ended && constraint.isPresent()) {
      try {
        OptionalInt only = constraint.get().forced(patient);
        if (only.isEmpty()) {
          return;
        }
        add(only.getAsInt(), vocabulary);
      } catch (ConstraintException e) {
        fail(e);
      }
    }
  }

  private void add(int token, Tokens vocabulary) {
    if (length == tokens.length) {
      tokens = Arrays.copyOf(tokens, 2 * length);
    }
    tokens[length++] = token;
    if (vocabulary.ends().contains(token)) {
      end(Finish.END);
      return;
    }
    byte[] bytes = vocabulary.tokenizer().bytes(token);
    text.add(bytes);
    constraint.ifPresent(grammar -> grammar.accept(token));
    if (text.stopped() || isComplete(bytes)) {
      end(Finish.STOP);
    } else if (generated() == job.maxTokens()) {
      end(Finish.LENGTH);
    } else if (constraint.filter(grammar -> grammar.isClosedBy(bytes)).isPresent()) {
      end(Finish.END);
    } else {
      release();
    }
  }

  private boolean isComplete(byte[] last) {
    return mayComplete(last) && job.isComplete(text.text());
  }

  private boolean mayComplete(byte[] last) {
    for (byte value : last) {
      if (GenerationListener.isAskedAfter(value)) {
        return true;
      }
    }
    return generated() % GenerationListener.TOKENS_BETWEEN_QUESTIONS == 0;
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
