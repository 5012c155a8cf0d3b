package dev.mallard.generator.checkpoint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes small Hugging Face folders. */
final class SafetensorsBuilder {
  static final String CONFIG =
      """
      {"model_type": "llama", "hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 2,
       "num_key_value_heads": 1, "intermediate_size": 12, "vocab_size": 16,
       "max_position_embeddings": 64, "rms_norm_eps": 1e-5, "eos_token_id": 2}
      """;

  private final List<String> entries = new ArrayList<>();
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();

  /** All tensors of the model that {@link #CONFIG} describes. */
  static SafetensorsBuilder llama() {
    return new SafetensorsBuilder()
        .add("model.embed_tokens.weight", 16, 8)
        .add("model.norm.weight", 8)
        .add("lm_head.weight", 16, 8)
        .layer();
  }

  SafetensorsBuilder layer() {
    String prefix = "model.layers.0.";
    return add(prefix + "input_layernorm.weight", 8)
        .add(prefix + "self_attn.q_proj.weight", 8, 8)
        .add(prefix + "self_attn.k_proj.weight", 4, 8)
        .add(prefix + "self_attn.v_proj.weight", 4, 8)
        .add(prefix + "self_attn.o_proj.weight", 8, 8)
        .add(prefix + "post_attention_layernorm.weight", 8)
        .add(prefix + "mlp.gate_proj.weight", 12, 8)
        .add(prefix + "mlp.up_proj.weight", 12, 8)
        .add(prefix + "mlp.down_proj.weight", 8, 12);
  }

  /** Adds a float32 tensor with the weights 0, 1, 2 and so on. */
  SafetensorsBuilder add(String name, int... shape) {
    int begin = data.size();
    int count = 1;
    List<String> sizes = new ArrayList<>();
    for (int size : shape) {
      count *= size;
      sizes.add(String.valueOf(size));
    }
    for (int i = 0; i < count; i++) {
      data.writeBytes(GgufBuilder.int32(Float.floatToIntBits(i)));
    }
    return entry(
        name, "F32", "[" + String.join(",", sizes) + "]", "[" + begin + "," + data.size() + "]");
  }

  SafetensorsBuilder entry(String name, String type, String shape, String offsets) {
    entries.add(
        "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}"
            .formatted(name, type, shape, offsets));
    return this;
  }

  byte[] build() {
    return file(
        entries.stream().collect(Collectors.joining(",", "{\"__metadata__\":{\"a\":\"b\"},", "}")));
  }

  byte[] file(String header) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    file.writeBytes(GgufBuilder.int64(json.length));
    file.writeBytes(json);
    file.writeBytes(data.toByteArray());
    return file.toByteArray();
  }

  static void writeFolder(Path folder, String config, byte[] weights) throws IOException {
    Files.writeString(folder.resolve("config.json"), config);
    Files.write(folder.resolve("model.safetensors"), weights);
  }
}
