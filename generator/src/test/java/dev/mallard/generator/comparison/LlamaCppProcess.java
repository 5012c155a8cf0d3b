package dev.mallard.generator.comparison;

import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.LlamaOutput;
import de.kherud.llama.ModelParameters;

/**
 * Measures llama.cpp, with a slot of its server for each of the requests at once. Arguments: the
 * model, the number of threads.
 */
public final class LlamaCppProcess {
  private static final int CONTEXT = 1024;

  private LlamaCppProcess() {}

  public static void main(String[] arguments) throws InterruptedException {
    int threads = Integer.parseInt(arguments[1]);
    long start = System.nanoTime();
    @SuppressWarnings("resource") // closing it can hang: the process is halted instead
    LlamaModel model =
        new LlamaModel(
            new ModelParameters()
                .setModel(arguments[0])
                .setThreads(threads)
                .setThreadsBatch(threads)
                .setParallel(Measurement.AT_ONCE)
                .setCtxSize(CONTEXT * Measurement.AT_ONCE)
                .disableLog());
    double load = Answer.seconds(start, System.nanoTime());
    Measurement.report(
        Measurement.of((prompt, tokens) -> answer(model, prompt.text(), tokens), load));
    Runtime.getRuntime().halt(0);
  }

  private static Answer answer(LlamaModel model, String prompt, int tokens) {
    int promptTokens = model.encode(prompt).length;
    InferenceParameters parameters =
        new InferenceParameters(prompt).setTemperature(0).setNPredict(tokens).setCachePrompt(false);
    // Each token is an output of its own, and the answer's end is one more.
    int outputs = 0;
    long start = System.nanoTime();
    long first = start;
    for (LlamaOutput _ : model.generate(parameters)) {
      if (outputs++ == 0) {
        first = System.nanoTime();
      }
    }
    return new Answer(promptTokens, outputs - 1, start, first, System.nanoTime());
  }
}
