package dev.mallard.generator.engine;

import dev.mallard.generator.model.Completion;
import dev.mallard.generator.model.Completion.Finish;
import dev.mallard.generator.model.CompletionText;
import dev.mallard.generator.model.GenerationListener;
import dev.mallard.generator.model.GenerationRequest;
import dev.mallard.generator.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * One run of the decoder: a prompt is read once, then its candidates are decoded side by side until
 * the last has ended.
 */
final class Generation {
  /** A long prompt is read in parts, between which it can be interrupted. */
  private static final int PREFILL_TOKENS = 512;

  private final Decoder decoder;
  private final Tokenizer tokenizer;
  private final Set<Integer> endTokens;
  private final GenerationRequest request;
  private final GenerationListener listener;

  /** A completion in the making. */
  private static final class Candidate {
    final int number;
    final Sampler sampler;
    final CompletionText text;
    int tokens;
    int lastToken;
    double logProbability;
    Finish finish = Finish.LENGTH;
    boolean ended;

    Candidate(int number, GenerationRequest request) {
      this.number = number;
      this.sampler = new Sampler(request.sampling(), request.seed(), number);
      this.text = new CompletionText(request.stops());
    }
  }

  Generation(
      Decoder decoder,
      Tokenizer tokenizer,
      Set<Integer> endTokens,
      GenerationRequest request,
      GenerationListener listener) {
    this.decoder = decoder;
    this.tokenizer = tokenizer;
    this.endTokens = endTokens;
    this.request = request;
    this.listener = listener;
  }

  /**
   * Generates.
   *
   * @param prompt token ids, at least one
   * @param maxTokens of each completion; prompt and completion together fit the model's context
   */
  List<Completion> run(int[] prompt, int maxTokens) throws InterruptedException {
    List<Candidate> candidates = new ArrayList<>();
    for (int number = 0; number < request.candidates(); number++) {
      candidates.add(new Candidate(number, request));
    }
    decoder.start(prompt.length + maxTokens);
    Logits logits = prefill(prompt);
    // Which row of the logits each candidate reads: at first they share the prompt's.
    int[] rows = new int[candidates.size()];
    List<Candidate> live = candidates;
    while (true) {
      for (int i = 0; i < live.size(); i++) {
        advance(live.get(i), logits, rows[i], maxTokens);
      }
      List<Candidate> before = live;
      live = before.stream().filter(candidate -> !candidate.ended).toList();
      if (live.isEmpty()) {
        break;
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      if (listener.cancelled()) {
        live.forEach(candidate -> end(candidate, Finish.CANCELLED));
        break;
      }
      if (live.size() != logits.rows()) {
        int[] kept = new int[live.size()];
        for (int i = 0; i < kept.length; i++) {
          kept[i] = rows[before.indexOf(live.get(i))];
        }
        decoder.selectRows(kept);
      }
      logits =
          decoder.forward(
              live.stream()
                  .map(candidate -> new int[] {candidate.lastToken})
                  .toArray(int[][]::new));
      rows = IntStream.range(0, live.size()).toArray();
    }
    return candidates.stream()
        .map(candidate ->
            new Completion(
                candidate.text.text(),
                candidate.finish,
                prompt.length,
                candidate.tokens,
                candidate.logProbability))
        .toList();
  }

  private Logits prefill(int[] prompt) throws InterruptedException {
    int read = 0;
    while (true) {
      int length = Math.min(PREFILL_TOKENS, prompt.length - read);
      Logits logits =
          decoder.forward(new int[][] {Arrays.copyOfRange(prompt, read, read + length)});
      read += length;
      if (read == prompt.length) {
        return logits;
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  private void advance(Candidate candidate, Logits logits, int row, int maxTokens) {
    int token = candidate.sampler.sample(logits.row(row));
    candidate.lastToken = token;
    candidate.tokens++;
    candidate.logProbability += logits.logProbability(row, token);
    if (endTokens.contains(token)) {
      end(candidate, Finish.END);
      return;
    }
    candidate.text.add(tokenizer.bytes(token));
    if (candidate.text.stopped()) {
      end(candidate, Finish.STOP);
    } else if (candidate.tokens == maxTokens) {
      end(candidate, Finish.LENGTH);
    } else {
      release(candidate);
    }
  }

  private void end(Candidate candidate, Finish finish) {
    candidate.text.end();
    candidate.finish = finish;
    candidate.ended = true;
    release(candidate);
  }

  private void release(Candidate candidate) {
    String more = candidate.text.release();
    if (!more.isEmpty()) {
      listener.onText(candidate.number, more);
    }
  }
}
