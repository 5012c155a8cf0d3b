package dev.mallard.generator.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.databind.json.JsonMapper;

/** What every engine has to do, in the engine's own process. */
public final class Measurement {
  /** Requests at once, and candidates. */
  public static final int AT_ONCE = 8;

  /** Length of a measured answer. */
  static final int TOKENS = 96;

  static final int WARM_UP_TOKENS = 16;

  private static final String MARK = "figures ";

  private Measurement() {}

  /** Warms an engine up with one pass of everything, in short, and measures a second. */
  public static Figures of(Engine engine, double loadSeconds) throws InterruptedException {
    engine.answer(Prompts.longOne(100), 1);
    engine.answer(Prompts.shortOne(101), WARM_UP_TOKENS);
    atOnce(engine, Prompts.shortOnes(110, AT_ONCE), WARM_UP_TOKENS);
    Answer prefill = engine.answer(Prompts.longOne(200), 1);
    Answer decode = engine.answer(Prompts.shortOne(208), TOKENS);
    List<Answer> atOnce = atOnce(engine, Prompts.shortOnes(216, AT_ONCE), TOKENS);
    return new Figures(
        prefill.promptTokens(),
        prefill.prefillRate(),
        decode.decodeRate(),
        totalRate(atOnce),
        Optional.empty(),
        loadSeconds,
        Optional.empty());
  }

  /** Hands the figures to the process that waits for them. */
  public static void report(Figures figures) {
    // On a line of its own, whatever the engine printed before.
    System.out.println(System.lineSeparator() + line(figures));
  }

  static String line(Figures figures) {
    return MARK + new JsonMapper().writeValueAsString(figures);
  }

  /** Finds what {@link #report} wrote. */
  static Optional<Figures> find(List<String> output) {
    return output.stream()
        .filter(line -> line.startsWith(MARK))
        .map(line -> new JsonMapper().readValue(line.substring(MARK.length()), Figures.class))
        .findFirst();
  }

  private static double totalRate(List<Answer> answers) {
    long first = answers.stream().mapToLong(Answer::first).min().orElseThrow();
    long end = answers.stream().mapToLong(Answer::end).max().orElseThrow();
    int tokens = answers.stream().mapToInt(Answer::tokens).sum();
    return (tokens - answers.size()) / Answer.seconds(first, end);
  }

  private static List<Answer> atOnce(Engine engine, List<ChatPrompt> prompts, int tokens)
      throws InterruptedException {
    try (ExecutorService threads = Executors.newFixedThreadPool(prompts.size())) {
      List<Callable<Answer>> requests = new ArrayList<>();
      for (ChatPrompt prompt : prompts) {
        requests.add(() -> engine.answer(prompt, tokens));
      }
      List<Answer> answers = new ArrayList<>();
      for (Future<Answer> answer : threads.invokeAll(requests)) {
        answers.add(answer.get());
      }
      return answers;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a request of several at once failed", e.getCause());
    }
  }
}
