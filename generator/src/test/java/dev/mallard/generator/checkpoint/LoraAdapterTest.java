package dev.mallard.generator.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.generator.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoraAdapterTest {
  private static final String LAYER = "base_model.model.model.layers.0.";
  private static final String QUERIES = "model.layers.0.self_attn.q_proj.weight";
  private static final String UP = "model.layers.0.mlp.up_proj.weight";

  /** As PEFT writes it. */
  static final String CONFIG =
      """
      {"alpha_pattern": {}, "auto_mapping": null, "base_model_name_or_path": "acme/duck",
       "bias": "none", "corda_config": null, "eva_config": null, "exclude_modules": null,
       "fan_in_fan_out": false, "inference_mode": true, "init_lora_weights": true,
       "layer_replication": null, "layers_pattern": null, "layers_to_transform": null,
       "loftq_config": {}, "lora_alpha": 16, "lora_bias": false, "lora_dropout": 0.05,
       "megatron_config": null, "megatron_core": "megatron.core", "modules_to_save": null,
       "peft_type": "LORA", "r": 4, "rank_pattern": {}, "revision": null,
       "target_modules": ["q_proj", "up_proj"], "task_type": "CAUSAL_LM",
       "trainable_token_indices": null, "use_dora": false, "use_rslora": false}
      """;

  @TempDir private Path folder;

  @BeforeEach
  void writeAdapter() throws IOException {
    write(CONFIG);
    weights(adapter(4));
  }

  @Test
  void givesTheMatricesByTheTensorsOfTheBase() throws IOException {
    try (LoraAdapter adapter = LoraAdapter.open(folder)) {
      assertThat(adapter.tensorNames()).containsExactlyInAnyOrder(QUERIES, UP);
      LowRankUpdate update = adapter.update(UP).orElseThrow();
      assertThat(update.rank()).isEqualTo(4);
      assertThat(update.scale()).isEqualTo(4);
      assertThat(update.inputs()).isEqualTo(8);
      assertThat(update.outputs()).isEqualTo(12);
      assertThat(update.a()).hasSize(32).startsWith(0, 1, 2).endsWith(31);
      assertThat(update.b()).hasSize(48).startsWith(0, 1, 2).endsWith(47);
      assertThat(adapter.update("model.norm.weight")).isEmpty();
      try (Checkpoint base = base()) {
        adapter.check(base);
      }
    }
  }

  /** Rank and alpha of a module are those of the first key that it matches. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "16.0 ; {}                               ; false ; 4",
        "3.5  ; {}                               ; false ; 0.875",
        "-16  ; {}                               ; false ; -4",
        "16   ; {}                               ; true  ; 8",
        "16   ; {'up_proj': 32}                  ; false ; 8",
        "16   ; {'q_proj': 32}                   ; false ; 4",
        "16   ; {'p_proj': 32}                   ; false ; 4",
        "16   ; {'mlp.up_proj': 2, 'up_proj': 4} ; false ; 0.5",
        "16   ; {'up_proj': 4, 'mlp.up_proj': 2} ; false ; 1",
        "16   ; {'layers.0.*up_proj': 8}         ; false ; 2",
        "16   ; {'(q|up)_proj': 8, 'up_proj': 4} ; false ; 2",
        "16   ; {'up_proj': 4, '(q|up)_proj': 8} ; true  ; 2",
        "16   ; {'model.layers.0.mlp.up_proj': 1} ; false ; 0.25",
      })
  void scalesByAlphaAndRank(String alpha, String pattern, String stabilized, double scale)
      throws IOException {
    write(
        CONFIG
            .replace("\"lora_alpha\": 16", "\"lora_alpha\": " + alpha)
            .replace("\"alpha_pattern\": {}", "\"alpha_pattern\": " + pattern.replace('\'', '"'))
            .replace("\"use_rslora\": false", "\"use_rslora\": " + stabilized));
    try (LoraAdapter adapter = LoraAdapter.open(folder)) {
      assertThat(adapter.update(UP).orElseThrow().scale()).isEqualTo(scale);
    }
  }

  @Test
  void takesRanksFromTheirPattern() throws IOException {
    write(with("rank_pattern", "{\"up_proj\": 2}"));
    refuses("model.layers.0.mlp.up_proj", "rank 2");
    weights(adapter(2));
    try (LoraAdapter adapter = LoraAdapter.open(folder)) {
      assertThat(adapter.update(UP).orElseThrow().scale()).isEqualTo(8);
      assertThat(adapter.update(QUERIES).orElseThrow().scale()).isEqualTo(4);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"all-linear\"",
        "\".*\\\\.(q|up)_proj\"",
        "[\"self_attn.q_proj\", \"model.layers.0.mlp.up_proj\"]"
      })
  void readsTargetModules(String targets) throws IOException {
    write(with("target_modules", targets));
    try (LoraAdapter adapter = LoraAdapter.open(folder)) {
      assertThat(adapter.tensorNames()).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[\"q_proj\", \"proj\"]", "\"q_proj\"", "\".*q_proj\"", "[\"q_proj\"]"})
  void refusesMatricesThatItsConfigurationDoesNotName(String targets) throws IOException {
    write(with("target_modules", targets));
    refuses("target_modules");
  }

  @Test
  void refusesMatricesThatMakeNoAdapter() throws IOException {
    Files.write(folder.resolve("adapter_model.safetensors"), new SafetensorsBuilder().file("{}"));
    refuses("no LoRA matrices");
    weights(new SafetensorsBuilder().add(LAYER + "mlp.up_proj.lora_A.weight", 4, 8));
    refuses("lacks the matrix lora_B", "up_proj");
    weights(new SafetensorsBuilder().add(LAYER + "mlp.up_proj.lora_B.weight", 12, 4));
    refuses("lacks the matrix lora_A");
    weights(adapter(4).add(LAYER + "mlp.up_proj.lora_magnitude_vector.weight", 12));
    refuses("lora_magnitude_vector", "no LoRA matrix");
    weights(adapter(4).add("base_model.model.lm_head.weight", 16, 8));
    refuses("base_model.model.lm_head.weight");
    weights(adapter(4).add("base_model.model.model.embed_tokens.lora_embedding_A", 4, 16));
    refuses("lora_embedding_A");
    weights(pair(new SafetensorsBuilder(), "mlp.up_proj", 4, 8, 12).add("x\u001b[31m", 1));
    refuses("not valid JSON");
    weights(
        new SafetensorsBuilder()
            .add(LAYER + "mlp.up_proj.lora_A.weight", 8, 4)
            .add(LAYER + "mlp.up_proj.lora_B.weight", 4, 12));
    refuses("[8, 4]", "[4, 12]", "rank 4");
    weights(
        new SafetensorsBuilder()
            .add(LAYER + "mlp.up_proj.lora_A.weight", 4, 8, 1)
            .add(LAYER + "mlp.up_proj.lora_B.weight", 12, 4));
    refuses("absurd shape [4, 8, 1]");
  }

  @Test
  void refusesABaseThatItDoesNotFit() throws IOException {
    write(with("target_modules", "\"all-linear\""));
    weights(pair(adapter(4), "mlp.side_proj", 4, 8, 12));
    refusesBase("model.layers.0.mlp.side_proj.weight", "lacks");
    weights(pair(adapter(4), "mlp.gate_proj", 4, 12, 8));
    refusesBase("model.layers.0.mlp.gate_proj.weight", "[8, 12]", "[12, 8]");
  }

  @Test
  void refusesAFolderThatHoldsNoAdapter() throws IOException {
    Files.delete(folder.resolve("adapter_model.safetensors"));
    refuses("neither adapter_model.safetensors nor adapter_model.bin");
    Files.delete(folder.resolve("adapter_config.json"));
    refuses("no adapter_config.json");
  }

  @Test
  void readsPyTorchFilesToo() throws IOException {
    Files.delete(folder.resolve("adapter_model.safetensors"));
    long[] square = {8, 8};
    long[] strides = {8, 1};
    String items =
        PyTorchBuilder.item(
                LAYER + "mlp.up_proj.lora_A.weight", "FloatStorage", 64, 0, square, strides)
            + PyTorchBuilder.item(
                LAYER + "mlp.up_proj.lora_B.weight", "FloatStorage", 64, 0, square, strides);
    byte[] file = PyTorchBuilder.of("\u0080\2}" + items + ".").floats("data/0", 64).build();
    Files.write(folder.resolve("adapter_model.bin"), file);
    write(with("r", "8"));
    try (LoraAdapter adapter = LoraAdapter.open(folder)) {
      assertThat(adapter.update(UP).orElseThrow().b()).hasSize(64).endsWith(63);
    }
    Files.write(folder.resolve("adapter_model.bin"), PyTorchBuilder.of("cos\nsystem\n.").build());
    refuses("os.system");
  }

  @Test
  void theFingerprintTellsAdaptersApart() throws IOException {
    String fingerprint = fingerprint();
    assertThat(fingerprint()).isEqualTo(fingerprint);
    write(with("lora_alpha", "17"));
    assertThat(fingerprint()).isNotEqualTo(fingerprint);
    write(CONFIG);
    weights(pair(adapter(4), "self_attn.q_proj_", 4, 8, 8));
    write(with("target_modules", "\"all-linear\""));
    assertThat(fingerprint()).isNotEqualTo(fingerprint);
  }

  private String fingerprint() {
    try (LoraAdapter adapter = LoraAdapter.open(folder)) {
      return adapter.fingerprint();
    }
  }

  /** Matrices of two modules; the second's have a rank of their own. */
  private static SafetensorsBuilder adapter(int rank) {
    SafetensorsBuilder builder = pair(new SafetensorsBuilder(), "self_attn.q_proj", 4, 8, 8);
    return pair(builder, "mlp.up_proj", rank, 8, 12);
  }

  private static SafetensorsBuilder pair(
      SafetensorsBuilder builder, String module, int rank, int inputs, int outputs) {
    return builder
        .add(LAYER + module + ".lora_A.weight", rank, inputs)
        .add(LAYER + module + ".lora_B.weight", outputs, rank);
  }

  static String with(String field, String value) {
    String entry = Matcher.quoteReplacement("\"" + field + "\": " + value);
    String old = "\"" + field + "\": (\\{[^}]*\\}|\\[[^\\]]*\\]|[^,}\\[{]+)";
    return CONFIG.contains(field)
        ? CONFIG.replaceFirst(old, entry)
        : CONFIG.replaceFirst("\\{", "{" + entry + ", ");
  }

  private Checkpoint base() throws IOException {
    Path base = Files.createDirectories(folder.resolve("base"));
    SafetensorsBuilder.writeFolder(
        base, SafetensorsBuilder.CONFIG, SafetensorsBuilder.llama().build());
    return Checkpoints.open(base);
  }

  private void write(String config) throws IOException {
    Files.writeString(folder.resolve("adapter_config.json"), config);
  }

  private void weights(SafetensorsBuilder builder) throws IOException {
    Files.write(folder.resolve("adapter_model.safetensors"), builder.build());
  }

  private void refuses(String... parts) {
    assertThatThrownBy(() -> LoraAdapter.open(folder))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(folder.getFileName().toString())
        .hasMessageEndingWith(".")
        .hasMessageContainingAll(parts);
  }

  private void refusesBase(String... parts) throws IOException {
    try (LoraAdapter adapter = LoraAdapter.open(folder);
        Checkpoint base = base()) {
      assertThatThrownBy(() -> adapter.check(base))
          .isInstanceOf(UserException.class)
          .hasMessageEndingWith(".")
          .hasMessageContainingAll(parts);
    }
  }
}
