package dev.mallard.generator.engine;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Who has which slots: prompts and candidates that run, and what is kept of those that ran. Used by
 * the scheduler's thread alone.
 */
final class KeyValueCache {
  /** The number that stands for the model as it is. */
  static final int NO_ADAPTER = -1;

  private static final int MOST_ADAPTERS = 1 << 12;

  private final SlotPool pool;
  private final PrefixCache prefixes;
  private final Decoder decoder;
  private final PrefixStore store;
  private final boolean reproducible;
  private final AtomicLong cachedTokens = new AtomicLong();
  private final AtomicInteger held = new AtomicInteger();

  /**
   * Makes one.
   *
   * @param reproducible whether only what was computed in the very same steps is used again
   */
  KeyValueCache(int slots, Decoder decoder, PrefixStore store, boolean reproducible) {
    this.pool = new SlotPool(slots);
    this.prefixes = new PrefixCache(pool);
    this.decoder = decoder;
    this.store = store;
    this.reproducible = reproducible;
  }

  /** Tokens of prompts that were not computed, because they had been before. */
  long cachedTokens() {
    return cachedTokens.get();
  }

  /** Slots that jobs and candidates hold. */
  int held() {
    return held.get();
  }

  /**
   * Gives a job slots for its prompt and its first candidate, which starts.
   *
   * @return false if there is no room now
   */
  boolean begin(Job job) {
    int[] prompt = job.prompt();
    int[] known = known(job);
    Optional<int[]> taken = take(job.positions() - known.length);
    if (taken.isEmpty()) {
      pool.release(known, 0, known.length);
      return false;
    }
    CachedSequence all = new CachedSequence(known).with(known.length, taken.get());
    job.begin(new CachedSequence(Arrays.copyOf(all.slots(), prompt.length)), known.length);
    job.start(all);
    cachedTokens.addAndGet(known.length);
    held.addAndGet(job.positions());
    return true;
  }

  /** The slots of what is known of a prompt's beginning, now held by the caller as well. */
  private int[] known(Job job) {
    int[] prompt = job.prompt();
    if (reproducible) {
      int[] all = prefixes.match(family(job), prompt, job.stable());
      if (all.length == job.stable()) {
        return all;
      }
      pool.release(all, 0, all.length);
      return new int[0];
    }
    // The last token is read in any case, for what comes after it.
    int most = prompt.length - 1;
    int[] known = prefixes.match(family(job), prompt, most);
    if (job.adapter() == NO_ADAPTER && known.length < Math.min(job.stable(), most) && load(job)) {
      pool.release(known, 0, known.length);
      known = prefixes.match(family(job), prompt, most);
    }
    return known;
  }

  /**
   * Whose sequences may share what was computed: those of the same adapter, and, to be
   * reproducible, of prompts whose beginning was read in one step of the same length.
   */
  private int family(Job job) {
    return reproducible ? job.adapter() + MOST_ADAPTERS * (1 + job.stable()) : job.adapter();
  }

  /** Fetches what is kept on disk of a prompt's beginning. */
  private boolean load(Job job) {
    int[] beginning = Arrays.copyOf(job.prompt(), job.stable());
    Optional<float[]> content = store.load(beginning);
    Optional<int[]> slots = content.isEmpty() ? Optional.empty() : take(beginning.length);
    if (slots.isEmpty()) {
      return false;
    }
    decoder.writeSlots(slots.get(), content.orElseThrow());
    prefixes.insert(family(job), beginning, slots.get(), beginning.length);
    pool.release(slots.get(), 0, beginning.length);
    return true;
  }

  /**
   * Gives another candidate of a job its slots, and starts it.
   *
   * @return false if there is no room now
   */
  boolean start(Job job) {
    Optional<int[]> own = take(job.maxTokens());
    own.ifPresent(slots -> {
      job.start(job.sequence().with(job.prompt().length, slots));
      held.addAndGet(slots.length);
    });
    return own.isPresent();
  }

  /** Remembers a prompt that has been read. */
  void keepPrompt(Job job) {
    if (reproducible) {
      prefixes.insert(family(job), job.prompt(), job.sequence().slots(), job.stable());
      return;
    }
    prefixes.insert(family(job), job.prompt(), job.sequence().slots(), job.prompt().length);
    int[] beginning = Arrays.copyOf(job.prompt(), job.stable());
    if (job.adapter() == NO_ADAPTER && store.wants(beginning)) {
      store.save(
          beginning, decoder.readSlots(Arrays.copyOf(job.sequence().slots(), beginning.length)));
    }
  }

  /** Takes a candidate's own slots back, and remembers what is in them. */
  void end(Job job, Candidate candidate) {
    if (!reproducible && job.promptRead() && candidate.computed() > job.prompt().length) {
      prefixes.insert(
          family(job), candidate.tokens(), candidate.sequence().slots(), candidate.computed());
    }
    drop(job, candidate);
  }

  /** Takes a candidate's own slots back. */
  void drop(Job job, Candidate candidate) {
    CachedSequence sequence = candidate.sequence();
    if (sequence.capacity() > job.prompt().length) {
      pool.release(sequence.slots(), job.prompt().length, sequence.capacity());
      held.addAndGet(job.prompt().length - sequence.capacity());
    }
  }

  /** Takes a prompt's slots back. */
  void end(Job job) {
    pool.release(job.sequence().slots(), 0, job.sequence().capacity());
    held.addAndGet(-job.sequence().capacity());
    job.begin(new CachedSequence(new int[0]), job.read());
  }

  private Optional<int[]> take(int count) {
    return prefixes.makeRoom(count) ? pool.take(count) : Optional.empty();
  }
}
