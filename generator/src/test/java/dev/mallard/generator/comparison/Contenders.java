package dev.mallard.generator.comparison;

import dev.mallard.generator.checkpoint.Checkpoint;
import dev.mallard.generator.checkpoint.Checkpoints;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The engines of the comparison, each with the options that its own project recommends.
 *
 * @param model a GGUF file
 * @param directory for logs and what engines need of the model in other forms
 */
record Contenders(Path model, Path directory) {
  private static final String JLAMA = "dev.mallard.generator.comparison.jlama.";

  /** Mallard, with the Java options of this process and libtorch's threads as its launcher sets. */
  Contender mallard() {
    return new Contender(
        "Mallard",
        new EngineProcess(
            MallardProcess.class.getName(),
            ManagementFactory.getRuntimeMXBean().getInputArguments(),
            Map.of("OMP_WAIT_POLICY", "passive"),
            directory.resolve("mallard.log")),
        model);
  }

  Contender llamaCpp() {
    return new Contender(
        "llama.cpp",
        new EngineProcess(
            LlamaCppProcess.class.getName(),
            List.of("-Xmx256m", "--enable-native-access=ALL-UNNAMED"),
            Map.of(),
            directory.resolve("llama.cpp.log")),
        model);
  }

  /**
   * Jlama, which reads no GGUF: the first time, the same weights are written as a Hugging Face
   * folder, and Jlama quantises them to the 4 bits that it is fastest with. Its native kernels
   * crash on some processors (seen on one with AVX2 alone); there its Java ones take part.
   *
   * @throws IOException if it cannot run; the message says why
   */
  Contender jlama() throws IOException, InterruptedException {
    Path folder;
    try (Checkpoint checkpoint = Checkpoints.open(model)) {
      folder = directory.resolve("jlama-q4-" + checkpoint.fingerprint());
    }
    if (!Files.exists(folder)) {
      Path plain = Files.createTempDirectory(directory, "bfloat16-");
      Path quantized = Files.createTempDirectory(directory, "jlama-q4-");
      try {
        HuggingFaceFolder.write(model, plain);
        jlamaProcess("JlamaQuantization", List.of())
            .run(List.of(plain.toString(), quantized.toString()));
        Files.move(quantized, folder);
      } finally {
        delete(plain);
        delete(quantized);
      }
    }
    Contender inJava =
        new Contender(
            "Jlama (Java kernels)",
            jlamaProcess("JlamaProcess", List.of("-Djlama.force_panama_tensor_operations=true")),
            folder);
    return new Contender(
        "Jlama", jlamaProcess("JlamaProcess", List.of()), folder, Optional.of(inJava));
  }

  private EngineProcess jlamaProcess(String mainClass, List<String> moreOptions) {
    List<String> options =
        Stream.concat(
                Stream.of(
                    "-Xmx4g",
                    "--add-modules=jdk.incubator.vector",
                    "-Djdk.incubator.vector.VECTOR_ACCESS_OOB_CHECK=0",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow"),
                moreOptions.stream())
            .toList();
    return new EngineProcess(
        JLAMA + mainClass, options, Map.of(), directory.resolve(mainClass + ".log"));
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
