package dev.mallard.generator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mallard.generator.CacheDirectory;
import dev.mallard.generator.catalogue.Confirmation;
import dev.mallard.generator.catalogue.DeviceMemory;
import dev.mallard.generator.catalogue.DownloadProgress;
import dev.mallard.generator.catalogue.ModelLibrary;
import dev.mallard.generator.checkpoint.Checkpoint;
import dev.mallard.generator.checkpoint.Checkpoints;
import dev.mallard.generator.llamacpp.LlamaCpp;
import dev.mallard.generator.model.Message;
import dev.mallard.generator.tokenizer.ChatTokenizer;
import dev.mallard.generator.tokenizer.Tokenizers;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Mallard and llama.cpp on the same real model file, the embedded default: reader, tokenizer, chat template and decoder
 * together must continue code prompts with the same text.
 *
 * <p>Both round: llama.cpp the activations to 8 bits in blocks of 256, Mallard in int8 the weights. So they may part where two tokens are nearly as
 * likely, and only there.
 */
class LlamaCppAgreementTest {
  private static final String SYSTEM = "You are a helpful assistant.";
  private static final int TOKENS = 48;

  /** A difference of two logits that the rounding on both sides can turn round. */
  private static final float NEAR_TIE = 0.5f;

  private static final List<String> REQUESTS =
      List.of(
          "Write a Python function fib(n) that returns the n-th Fibonacci number.",
          "Write a Python function that reverses a string.",
          "Write a Python function is_prime(n).",
          "Write a Python class Stack with push, pop and peek.",
          "Explain what this does: print([x * x for x in range(10) if x % 2 == 0])",
          "Write a SQL query that counts the orders of each customer.");

  @Test
  void continuesCodePromptsAsLlamaCppDoes() throws Exception {
    Path model =
        ModelLibrary.open(System.getenv(), DeviceMemory.ofProcessor())
            .pull("tinyllama-1.1b-chat", Confirmation.YES, DownloadProgress.SILENT)
            .checkpoint();
    assumeTrue(
        System.getProperty("os.arch").equals("amd64"), "llama.cpp is built for x86-64 here");
    List<String> prompts =
        REQUESTS.stream()
            .map(
                request ->
                    "<|system|>\n%s</s>\n<|user|>\n%s</s>\n<|assistant|>\n"
                        .formatted(SYSTEM, request))
            .toList();
    int threads = Runtime.getRuntime().availableProcessors();
    List<LlamaCpp.Continuation> theirs =
        LlamaCpp.continueGreedily(model, threads, prompts, TOKENS);
    WeightCache cache =
        new WeightCache(CacheDirectory.locate(System.getenv()).resolve("weights"));
    try (Checkpoint checkpoint = Checkpoints.open(model);
        ChatTokenizer tokenizer = Tokenizers.open(model);
        Decoder decoder =
            new Decoder(
                checkpoint.configuration(),
                PackingPlan.of(checkpoint),
                Precision.INT8,
                cache.open(checkpoint, Precision.INT8, LoadListener.SILENT))) {
      for (int i = 0; i < REQUESTS.size(); i++) {
        int[] prompt =
            tokenizer
                .chatTemplate()
                .encode(List.of(Message.system(SYSTEM), Message.user(REQUESTS.get(i))));
        compare(decoder, tokenizer, prompt, theirs.get(i).text());
      }
    }
  }

  private static void compare(
      Decoder decoder, ChatTokenizer tokenizer, int[] prompt, String theirs) {
    byte[] expected = theirs.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream actual = new ByteArrayOutputStream();
    decoder.start(prompt.length + TOKENS);
    float[] logits = decoder.forward(new int[][] {prompt}).row(0);
    for (int step = 0; step < TOKENS; step++) {
      int best = largest(logits, -1);
      float margin = logits[best] - logits[largest(logits, best)];
      actual.writeBytes(tokenizer.tokenizer().bytes(best));
      byte[] soFar = actual.toByteArray();
      boolean same = startsWith(expected, soFar) || startsWith(soFar, expected);
      System.out.printf("step %d margin %.2f same %s %s%n", step, margin, same, new String(soFar, StandardCharsets.UTF_8));
      if (!same) {
        assertThat(margin)
            .as("after %d tokens, '%s' and not '%s'", step, actual, theirs)
            .isLessThan(NEAR_TIE);
        return;
      }
      logits = decoder.forward(new int[][] {{best}}).row(0);
    }
  }

  private static boolean startsWith(byte[] whole, byte[] start) {
    return whole.length >= start.length
        && java.util.Arrays.equals(whole, 0, start.length, start, 0, start.length);
  }

  private static int largest(float[] values, int except) {
    int best = except == 0 ? 1 : 0;
    for (int i = 0; i < values.length; i++) {
      if (i != except && values[i] > values[best]) {
        best = i;
      }
    }
    return best;
  }
}
