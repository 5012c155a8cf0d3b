package dev.mallard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.generator.CacheDirectory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The command line as it is put together for people, with the embedded default model, fetched once
 * into the cache.
 */
class RealModelTest {
  private static final Path EXAMPLE = Path.of("../examples/add.md");

  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void solvesAProblemWithTheEmbeddedDefault() throws IOException {
    Path program = folder.resolve("add.py");

    int exitCode =
        execute(
            "solve",
            EXAMPLE.toString(),
            "--model",
            "tinyllama-1.1b-chat",
            "--out",
            program.toString());

    assertThat(exitCode).as("%s%s", out, err).isZero();
    assertThat(Files.readString(program)).contains("def add(a, b):");
    assertThat(execute("run", program.toString())).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "nothing-there.gguf, There is no",
    "empty.gguf, is empty",
    "text.gguf, ",
    "cut.gguf, ",
    "random.gguf, ",
    "folder, config.json",
    "gpt, gpt2",
    "cut-weights, ",
    "qwen3.5-codr-7b, "
  })
  void saysInOneSentenceWhatIsWrongWithAModel(String model, String expected) throws IOException {
    writeModels();

    Path path = folder.resolve(model);
    int exitCode =
        execute(
            "solve",
            EXAMPLE.toString(),
            "--model",
            model.startsWith("qwen") ? model : path.toString());

    assertThat(exitCode).isEqualTo(2);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(err.toString(StandardCharsets.UTF_8).strip().lines()).hasSize(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains(expected == null ? "" : expected);
    try (Stream<Path> converted = Files.list(folder.resolve("cache"))) {
      assertThat(converted.filter(file -> file.toString().endsWith(".weights"))).isEmpty();
    }
  }

  @Test
  void namesTheLineOfTestsThatDoNotParse() throws IOException {
    Path problem =
        Files.writeString(
            folder.resolve("p.md"), "# Add\n\nAdd.\n\n```python tests\n\nassert 1 ==\n```\n");

    assertThat(execute("solve", problem.toString())).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("p.md:7: ");
  }

  private void writeModels() throws IOException {
    Files.createDirectories(folder.resolve("cache"));
    Files.write(folder.resolve("empty.gguf"), new byte[0]);
    Files.writeString(folder.resolve("text.gguf"), "this is no model\n");
    Files.write(
        folder.resolve("random.gguf"),
        new byte[] {'G', 'G', 'U', 'F', 3, 0, 0, 0, -1, -1, -1, -1, -1, -1});
    Files.write(folder.resolve("cut.gguf"), new byte[] {'G', 'G', 'U', 'F', 3, 0, 0, 0, 1, 0});
    Files.createDirectories(folder.resolve("folder"));
    Files.createDirectories(folder.resolve("gpt"));
    Files.writeString(
        folder.resolve("gpt/config.json"),
        "{\"model_type\": \"gpt2\", \"architectures\": [\"GPT2LMHeadModel\"]}");
    Files.createDirectories(folder.resolve("cut-weights"));
    Files.writeString(
        folder.resolve("cut-weights/config.json"),
        """
        {"model_type": "llama", "architectures": ["LlamaForCausalLM"], "hidden_size": 64,
         "num_hidden_layers": 1, "num_attention_heads": 4, "intermediate_size": 160,
         "vocab_size": 256, "max_position_embeddings": 512, "rms_norm_eps": 1e-5}
        """);
    Files.write(
        folder.resolve("cut-weights/model.safetensors"), new byte[] {64, 0, 0, 0, 0, 0, 0, 0, '{'});
  }

  private int execute(String... arguments) {
    Console console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            false,
            false);
    Services services =
        Wiring.services(
            console,
            CacheDirectory.locate(System.getenv()),
            Interruption.watch(Thread.currentThread()));
    return MallardCommand.create(services).execute(arguments);
  }
}
