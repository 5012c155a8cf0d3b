package dev.mallard.generator.engine;

import dev.mallard.generator.model.Completion.Finish;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the decoder's steps, in a thread of its own. Requests join and leave between any two steps
 * (continuous batching; Yu et al., Orca, OSDI 2022): each step reads the next token of every
 * candidate that is decoded, and a part of the prompts that are not read yet.
 *
 * <p>A candidate has slots for all that it may become before it starts, so nothing that has started
 * runs out of memory. Requests wait in the order in which they came.
 */
final class Scheduler implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);

  /** Tokens of prompts that are read in a step; fewer where others wait for their next token. */
  private static final int PREFILL_TOKENS = 512;

  private static final int PREFILL_TOKENS_BESIDE_DECODING = 256;
  private static final int MOST_CANDIDATES = 64;

  /** Tokens of a step, guesses included, up to which its time is that of reading the weights. */
  private static final int CHEAP_TOKENS = 12;

  private static final int MOST_GUESSED = 8;

  /** How long one who comes alone waits for others; a step takes many times as long. */
  private static final int GATHERING_MILLIS = 2;

  private final Decoder decoder;
  private final Tokens vocabulary;
  private final KeyValueCache cache;
  private final boolean speculation;
  private final boolean reproducible;
  private final BlockingQueue<Job> inbox = new LinkedBlockingQueue<>();
  private final Deque<Job> waiting = new ArrayDeque<>();
  private final List<Job> running = new ArrayList<>();
  private final Thread thread;
  private volatile boolean closed;

  /**
   * Starts one.
   *
   * @param speculation whether tokens are guessed
   * @param reproducible whether what a sequence becomes must not depend on the others: then nothing
   *     is guessed, and a prompt is divided in the same places whatever else is read
   */
  Scheduler(
      Decoder decoder,
      Tokens vocabulary,
      KeyValueCache cache,
      boolean speculation,
      boolean reproducible) {
    this.decoder = decoder;
    this.vocabulary = vocabulary;
    this.cache = cache;
    this.speculation = speculation && !reproducible;
    this.reproducible = reproducible;
    thread = Thread.ofPlatform().name("decoder").daemon().start(this::run);
  }

  /** Takes a job, of which no candidate needs more positions than the cache has. */
  void submit(Job job) {
    inbox.add(job);
    if (closed && inbox.remove(job)) {
      job.tell(new GenerationEvent.Failed(new IllegalStateException("the model is closed")));
    }
  }

  private void run() {
    while (!closed) {
      try {
        takeIn();
        admit();
        if (!running.isEmpty()) {
          step();
        }
      } catch (InterruptedException e) {
        LOG.debug("the scheduler ends", e);
      } catch (RuntimeException | Error e) {
        LOG.error("a step of the decoder failed", e);
        failAll(e);
      }
    }
    failAll(new IllegalStateException("the model was closed"));
  }

  private void takeIn() throws InterruptedException {
    if (running.isEmpty() && waiting.isEmpty()) {
      // What comes at the same time is read at the same time.
      Job next = inbox.take();
      while (next != null) {
        waiting.add(next);
        next = inbox.poll(GATHERING_MILLIS, TimeUnit.MILLISECONDS);
      }
    }
    inbox.drainTo(waiting);
    for (Job job : List.copyOf(waiting)) {
      if (job.cancelled()) {
        waiting.remove(job);
        cancel(job);
      }
    }
    for (Job job : List.copyOf(running)) {
      if (job.cancelled()) {
        cancel(job);
      }
    }
    running.removeIf(Job::done);
  }

  private void cancel(Job job) {
    while (!job.allStarted()) {
      job.start(job.sequence().with(job.sequence().capacity(), new int[0]));
    }
    for (Candidate candidate : List.copyOf(job.live())) {
      candidate.end(Finish.CANCELLED);
      end(job, candidate);
    }
  }

  private void admit() {
    for (Job job : running) {
      if (!startCandidates(job)) {
        return;
      }
    }
    while (!waiting.isEmpty() && candidates() < MOST_CANDIDATES) {
      if (!cache.begin(waiting.element())) {
        return;
      }
      Job job = waiting.remove();
      running.add(job);
      if (!startCandidates(job)) {
        return;
      }
    }
  }

  /** Starts what there is room for; false if there is none for the rest. */
  private boolean startCandidates(Job job) {
    while (!job.allStarted()) {
      if (candidates() >= MOST_CANDIDATES || !cache.start(job)) {
        return false;
      }
      job.afterPrompt()
          .ifPresent(logits -> {
            Candidate candidate = job.live().getLast();
            candidate.advance(logits, 0, vocabulary);
            if (candidate.ended()) {
              end(job, candidate);
            }
          });
    }
    return true;
  }

  private int candidates() {
    return running.stream().mapToInt(job -> job.live().size()).sum();
  }

  /** What a job, or one candidate of it once its prompt is read, has in a step. */
  private record Part(Job job, List<Candidate> candidate, Reading reading) {}

  private void step() {
    List<Part> parts = parts();
    boolean scores =
        parts.stream().anyMatch(part -> part.reading().wanted() > 0 && part.job().needsScores());
    Logits logits =
        decoder.forward(
            Batch.of(parts.stream().map(Part::reading).toList(), decoder.adapters(), reproducible),
            scores);
    int row = 0;
    for (Part part : parts) {
      if (part.candidate().isEmpty()) {
        readPrompt(part, logits, row);
      } else {
        Candidate candidate = part.candidate().getFirst();
        candidate.advance(part.reading().tokens(), logits, row, vocabulary, reproducible);
        if (candidate.ended()) {
          end(part.job(), candidate);
        }
      }
      row += part.reading().wanted();
    }
    parts.stream()
        .map(Part::job)
        .distinct()
        .filter(job -> !job.done())
        .forEach(job -> job.tell(new GenerationEvent.Step(job.soFar())));
    running.removeIf(Job::done);
  }

  private List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    int decoding = running.stream().filter(Job::promptRead).mapToInt(j -> j.live().size()).sum();
    int guessed =
        speculation && decoding > 0
            ? Math.clamp((CHEAP_TOKENS - decoding) / decoding, 0, MOST_GUESSED)
            : 0;
    int prefill = decoding > 0 ? PREFILL_TOKENS_BESIDE_DECODING : PREFILL_TOKENS;
    for (Job job : running) {
      if (job.promptRead()) {
        for (Candidate candidate : job.live()) {
          int[] tokens = candidate.next(guessed);
          parts.add(
              new Part(
                  job,
                  List.of(candidate),
                  new Reading(
                      candidate.sequence(),
                      candidate.computed(),
                      tokens,
                      tokens.length,
                      job.adapter())));
        }
      } else if (prefill > 0) {
        int[] tokens = reproducible ? job.wholePart() : job.part(prefill);
        prefill -= tokens.length;
        int wanted = job.read() + tokens.length == job.prompt().length ? 1 : 0;
        parts.add(
            new Part(
                job,
                List.of(),
                new Reading(job.sequence(), job.read(), tokens, wanted, job.adapter())));
      }
    }
    return parts;
  }

  private void readPrompt(Part part, Logits logits, int row) {
    Job job = part.job();
    job.advance(part.reading().tokens().length);
    if (!job.promptRead()) {
      return;
    }
    cache.keepPrompt(job);
    Logits own = logits.only(row);
    job.afterPrompt(own);
    for (Candidate candidate : List.copyOf(job.live())) {
      candidate.advance(own, 0, vocabulary);
      if (candidate.ended()) {
        end(job, candidate);
      }
    }
  }

  private void end(Job job, Candidate candidate) {
    cache.end(job, candidate);
    job.end(candidate);
    if (job.done()) {
      cache.end(job);
      job.tell(new GenerationEvent.Done(job.completions()));
    }
  }

  private void failAll(Throwable cause) {
    List<Job> all = new ArrayList<>(running);
    all.addAll(waiting);
    inbox.drainTo(all);
    for (Job job : running) {
      job.live().forEach(candidate -> cache.drop(job, candidate));
      cache.end(job);
    }
    running.clear();
    waiting.clear();
    all.forEach(job -> job.tell(new GenerationEvent.Failed(cause)));
  }

  /** Ends what is running, with a failure, and waits for the step that is being made. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
