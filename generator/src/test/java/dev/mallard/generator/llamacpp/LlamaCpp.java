package dev.mallard.generator.llamacpp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** llama.cpp in a process of its own, since its native code can hang when it is closed. */
public final class LlamaCpp {
  private LlamaCpp() {}

  /**
   * A greedy continuation.
   *
   * @param text what llama.cpp wrote
   */
  public record Continuation(String text) {}

  /**
   * Continues each prompt greedily, one after the other, with an empty cache each time.
   *
   * @param prompts as the model reads them, with the chat template's marks
   * @param tokens most tokens of a continuation; the model's end token ends it earlier
   */
  public static List<Continuation> continueGreedily(
      Path model, int threads, List<String> prompts, int tokens)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "--enable-native-access=ALL-UNNAMED", "-cp"));
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(LlamaCppMain.class.getName());
    command.addAll(List.of(model.toString(), String.valueOf(threads), String.valueOf(tokens)));
    for (String prompt : prompts) {
      command.add(Base64.getEncoder().encodeToString(prompt.getBytes(StandardCharsets.UTF_8)));
    }
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    List<Continuation> continuations = new ArrayList<>();
    try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
      lines.lines().forEach(line -> parse(line, continuations));
    } finally {
      process.destroyForcibly();
      process.waitFor(10, TimeUnit.SECONDS);
    }
    if (continuations.size() != prompts.size()) {
      throw new IOException(
          "llama.cpp answered %d of %d prompts".formatted(continuations.size(), prompts.size()));
    }
    return continuations;
  }

  private static void parse(String line, List<Continuation> into) {
    if (line.startsWith(LlamaCppMain.MARK)) {
      byte[] text = Base64.getDecoder().decode(line.substring(LlamaCppMain.MARK.length()));
      into.add(new Continuation(new String(text, StandardCharsets.UTF_8)));
    }
  }
}
