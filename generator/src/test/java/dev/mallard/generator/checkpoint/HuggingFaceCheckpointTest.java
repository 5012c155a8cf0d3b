package dev.mallard.generator.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mallard.generator.UserException;
import dev.mallard.generator.checkpoint.ModelConfiguration.Architecture;
import dev.mallard.generator.checkpoint.ModelConfiguration.Attention;
import dev.mallard.generator.checkpoint.ModelConfiguration.FeedForward;
import dev.mallard.generator.checkpoint.ModelConfiguration.Multipliers;
import dev.mallard.generator.checkpoint.ModelConfiguration.Norm;
import dev.mallard.generator.checkpoint.ModelConfiguration.RopeScaling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HuggingFaceCheckpointTest {
  @TempDir private Path folder;

  @Test
  void readsTheConfiguration() throws IOException {
    assertThat(configuration(SafetensorsBuilder.CONFIG))
        .isEqualTo(
            new ModelConfiguration(
                Architecture.LLAMA,
                16,
                8,
                1,
                Attention.plain(2, 1, 4),
                new FeedForward.Gated(12),
                Norm.rms(1e-5),
                64,
                10_000,
                new RopeScaling.None(),
                Multipliers.usual(4),
                false,
                List.of(2)));
  }

  @Test
  void readsEveryFormOfRotaryScaling() throws IOException {
    assertThat(with("\"rope_scaling\": {\"type\": \"linear\", \"factor\": 4}").ropeScaling())
        .isEqualTo(new RopeScaling.Linear(4));
    String llama3 =
        """
        "rope_scaling": {"rope_type": "llama3", "factor": 8, "low_freq_factor": 1,
          "high_freq_factor": 4, "original_max_position_embeddings": 32}
        """;
    assertThat(with(llama3).ropeScaling()).isEqualTo(new RopeScaling.Llama3(8, 1, 4, 32));
    ModelConfiguration newer =
        with("\"rope_parameters\": {\"rope_type\": \"default\", \"rope_theta\": 500000.0}");
    assertThat(newer.ropeScaling()).isEqualTo(new RopeScaling.None());
    assertThat(newer.ropeTheta()).isEqualTo(500_000);
  }

  @Test
  void endsAtTheTokensOfBothConfigurations() throws IOException {
    Files.writeString(folder.resolve("generation_config.json"), "{\"eos_token_id\": [3, 1]}");
    assertThat(configuration(SafetensorsBuilder.CONFIG).endTokens()).containsExactly(1, 2, 3);
  }

  @Test
  void readsRowsAndRefusesOverlappingTensors() throws IOException {
    byte[] weights = SafetensorsBuilder.llama().entry("half", "F16", "[2,1]", "[0,4]").build();
    SafetensorsBuilder.writeFolder(folder, SafetensorsBuilder.CONFIG, weights);
    // "half" overlaps the embedding.
    refuses("overlaps");

    SafetensorsBuilder.writeFolder(
        folder, SafetensorsBuilder.CONFIG, SafetensorsBuilder.llama().build());
    try (Checkpoint checkpoint = Checkpoints.open(folder)) {
      float[] rows = new float[16];
      checkpoint.readRows("model.layers.0.self_attn.q_proj.weight", 2, 2, rows);
      assertThat(rows).startsWith(16, 17).endsWith(30, 31);
    }
  }

  @Test
  void readsShards() throws IOException {
    Files.writeString(folder.resolve("config.json"), SafetensorsBuilder.CONFIG);
    Files.write(folder.resolve("b.safetensors"), new SafetensorsBuilder().layer().build());
    Files.write(
        folder.resolve("a.safetensors"),
        new SafetensorsBuilder()
            .add("model.embed_tokens.weight", 16, 8)
            .add("model.norm.weight", 8)
            .add("lm_head.weight", 16, 8)
            .build());
    index("{\"weight_map\": {\"x\": \"a.safetensors\", \"y\": \"b.safetensors\"}}");
    try (Checkpoint checkpoint = Checkpoints.open(folder)) {
      assertThat(checkpoint.tensorNames()).hasSize(12);
    }
    Files.delete(folder.resolve("b.safetensors"));
    refuses("b.safetensors");
    index("{\"weight_map\": {\"x\": \"../a.safetensors\"}}");
    refuses("index.json", "shard");
    index("{}");
    refuses("index.json");
  }

  @Test
  void refusesAFolderThatHoldsNoModel() throws IOException {
    refuses("no config.json");
    Files.writeString(folder.resolve("config.json"), SafetensorsBuilder.CONFIG);
    refuses("neither model.safetensors nor");
  }

  @Test
  void refusesAConfigurationThatCannotBe() throws IOException {
    Files.write(folder.resolve("model.safetensors"), SafetensorsBuilder.llama().build());
    refusesConfig("", "config.json");
    refusesConfig("{", "not valid JSON");
    refusesConfig("[1]", "not a JSON object");
    refusesConfig("[".repeat(10_000), "not valid JSON");
    refusesConfig("{}", "model_type");
    refusesConfig("{\"model_type\": \"mamba\"}", "mamba", "qwen2, qwen3");
    refusesConfig("{\"model_type\": \"llama\"}", "lacks the field num_attention_heads");
    refusesConfig(changed("hidden_size", "\"eight\""), "hidden_size", "whole number");
    refusesConfig(changed("hidden_size", "99999999999"), "hidden_size", "whole number");
    refusesConfig(changed("num_hidden_layers", "-3"), "number of layers");
    refusesConfig(changed("vocab_size", "17"), "shape");
    refusesConfig(changed("eos_token_id", "99"), "end token");
    refusesConfig(changed("eos_token_id", "\"no\""), "not a token id");
    refusesConfig(changed("rms_norm_eps", "\"no\""), "not a number");
    refusesConfig(plus("\"rope_scaling\": {\"type\": \"yarn\"}"), "yarn");
    refusesConfig(plus("\"rope_scaling\": {\"type\": \"linear\"}"), "rotary scaling");
    refusesConfig(plus("\"attention_bias\": true"), "lacks the tensor", "q_proj.bias");
    refusesConfig(plus("\"hidden_act\": \"gelu\""), "silu");
    refusesConfig(plus("\"quantization_config\": {}"), "quantized");
  }

  @Test
  void refusesCorruptSafetensors() throws IOException {
    Files.writeString(folder.resolve("config.json"), SafetensorsBuilder.CONFIG);
    byte[] whole = SafetensorsBuilder.llama().build();
    refusesWeights(new byte[0], "empty");
    refusesWeights(new byte[4], "cut short");
    refusesWeights(Arrays.copyOf(whole, 100), "cut short");
    refusesWeights(Arrays.copyOf(whole, whole.length - 1), "cut short");
    refusesWeights(GgufBuilder.int64(Long.MAX_VALUE), "absurd");
    refusesWeights(SafetensorsBuilder.llama().file("{}   "), "lacks the tensor");
    refusesWeights(SafetensorsBuilder.llama().file("nonsense"), "not valid JSON");
    refusesWeights(SafetensorsBuilder.llama().file("{\"a\":{},\"a\":{}}"), "not valid JSON");
    refusesWeights(
        SafetensorsBuilder.llama().entry("x", "F32", "[1]", "[8,4]").build(), "offsets of x");
    refusesWeights(
        SafetensorsBuilder.llama().entry("x", "F32", "[-1]", "[0,4]").build(), "shape of x");
    refusesWeights(
        SafetensorsBuilder.llama()
            .entry("x", "F32", "[2000000000,2000000000,2000000000]", "[0,4]")
            .build(),
        "size of x");
  }

  /** Checkpoints that the transformers library wrote. */
  @Test
  void readsTheReferenceCheckpoints() {
    Path goldens = Path.of("..", "..", "shared", "goldens");
    assumeTrue(Files.isDirectory(goldens), "the reference checkpoints are not on this machine");
    for (String name :
        List.of(
            "llama",
            "llama3-rope",
            "deepseek-coder-rope",
            "mistral",
            "qwen2",
            "qwen3",
            "qwen3_moe",
            "granite",
            "starcoder2")) {
      try (Checkpoint checkpoint = Checkpoints.open(goldens.resolve(name))) {
        assertThat(checkpoint.configuration().hiddenSize()).isEqualTo(64);
        float[] row = new float[64];
        checkpoint.readRows("model.embed_tokens.weight", 255, 1, row);
        assertThat(row).isNotEqualTo(new float[64]);
      }
    }
  }

  private ModelConfiguration with(String field) throws IOException {
    return configuration(plus(field));
  }

  private ModelConfiguration configuration(String config) throws IOException {
    SafetensorsBuilder.writeFolder(folder, config, SafetensorsBuilder.llama().build());
    try (Checkpoint checkpoint = Checkpoints.open(folder)) {
      return checkpoint.configuration();
    }
  }

  private static String plus(String field) {
    return SafetensorsBuilder.CONFIG.replace("{\"model_type\"", "{" + field + ", \"model_type\"");
  }

  private static String changed(String field, String value) {
    return SafetensorsBuilder.CONFIG.replaceFirst(
        "\"" + field + "\": [^,}]+", "\"" + field + "\": " + value);
  }

  private void index(String json) throws IOException {
    Files.writeString(folder.resolve("model.safetensors.index.json"), json);
  }

  private void refusesConfig(String config, String... parts) throws IOException {
    Files.writeString(folder.resolve("config.json"), config);
    refuses(parts);
  }

  private void refusesWeights(byte[] weights, String... parts) throws IOException {
    Files.write(folder.resolve("model.safetensors"), weights);
    refuses(parts);
  }

  private void refuses(String... parts) {
    assertThatThrownBy(() -> Checkpoints.open(folder))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(folder.getFileName().toString())
        .hasMessageEndingWith(".")
        .hasMessageContainingAll(parts);
  }
}
