package dev.mallard.generator.llamacpp;

import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.LlamaOutput;
import de.kherud.llama.ModelParameters;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The process that {@link LlamaCpp} starts: model, threads, tokens, then prompts in Base64. */
public final class LlamaCppMain {
  static final String MARK = "continuation ";

  private LlamaCppMain() {}

  public static void main(String[] arguments) {
    int threads = Integer.parseInt(arguments[1]);
    @SuppressWarnings("resource") // closing it can hang: the process is halted instead
    LlamaModel model =
        new LlamaModel(
            new ModelParameters()
                .setModel(arguments[0])
                .setThreads(threads)
                .setThreadsBatch(threads)
                .setCtxSize(2048)
                .disableLog());
    for (int i = 3; i < arguments.length; i++) {
      String prompt = new String(Base64.getDecoder().decode(arguments[i]), StandardCharsets.UTF_8);
      InferenceParameters parameters =
          new InferenceParameters(prompt)
              .setTemperature(0)
              .setNPredict(Integer.parseInt(arguments[2]))
              .setCachePrompt(false);
      StringBuilder text = new StringBuilder();
      for (LlamaOutput output : model.generate(parameters)) {
        text.append(output.text);
      }
      String encoded =
          Base64.getEncoder().encodeToString(text.toString().getBytes(StandardCharsets.UTF_8));
      System.out.println(MARK + encoded);
    }
    Runtime.getRuntime().halt(0);
  }
}
