package dev.mallard.generator.comparison.jlama;

import com.github.tjake.jlama.model.AbstractModel;
import com.github.tjake.jlama.model.ModelSupport;
import com.github.tjake.jlama.model.functions.Generator;
import com.github.tjake.jlama.safetensors.DType;
import com.github.tjake.jlama.safetensors.prompt.PromptContext;
import dev.mallard.generator.comparison.Answer;
import dev.mallard.generator.comparison.ChatPrompt;
import dev.mallard.generator.comparison.Measurement;
import java.io.File;
import java.util.Optional;
import java.util.UUID;

/**
 * Measures Jlama, with the kinds of numbers that its own command line takes by default. Arguments:
 * a folder that {@link JlamaQuantization} made, the number of threads.
 */
public final class JlamaProcess {
  private JlamaProcess() {}

  public static void main(String[] arguments) throws InterruptedException {
    File folder = new File(arguments[0]);
    int threads = Integer.parseInt(arguments[1]);
    long start = System.nanoTime();
    AbstractModel model =
        ModelSupport.loadModel(
            folder, folder, DType.F32, DType.I8, Optional.empty(), Optional.of(threads));
    double load = (System.nanoTime() - start) / 1e9;
    Measurement.report(Measurement.of((prompt, tokens) -> answer(model, prompt, tokens), load));
    Runtime.getRuntime().halt(0);
  }

  /** Its tokenizer takes time that grows with the square of the text: that is left out. */
  private static Answer answer(AbstractModel model, ChatPrompt prompt, int tokens) {
    PromptContext context = PromptContext.of(prompt.text());
    long before = System.nanoTime();
    int promptTokens = model.encodePrompt(context).length;
    long start = System.nanoTime();
    long tokenizing = start - before;
    long[] first = {0};
    Generator.Response response =
        model.generate(
            UUID.randomUUID(),
            context,
            0,
            promptTokens + tokens - 1,
            (text, time) -> first[0] = first[0] == 0 ? System.nanoTime() : first[0]);
    long end = System.nanoTime();
    return new Answer(
        promptTokens,
        response.generatedTokens + 1,
        start + tokenizing,
        first[0] == 0 ? end : first[0],
        end);
  }
}
