package dev.mallard.generator.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mallard.generator.checkpoint.ModelConfiguration.Architecture;
import dev.mallard.generator.checkpoint.ModelConfiguration.Attention;
import dev.mallard.generator.checkpoint.ModelConfiguration.FeedForward;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A model is the same from a Hugging Face folder and from a GGUF file with the names, the keys and
 * the order of rows that llama.cpp's converter gives each architecture.
 */
class GgufArchitecturesTest {
  private static final Path REFERENCES = Path.of("..", "..", "shared", "goldens");

  /** By Hugging Face's names within a layer. */
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("input_layernorm", "attn_norm"),
          Map.entry("self_attn.q_proj", "attn_q"),
          Map.entry("self_attn.k_proj", "attn_k"),
          Map.entry("self_attn.v_proj", "attn_v"),
          Map.entry("self_attn.o_proj", "attn_output"),
          Map.entry("self_attn.q_norm", "attn_q_norm"),
          Map.entry("self_attn.k_norm", "attn_k_norm"),
          Map.entry("post_attention_layernorm", "ffn_norm"),
          Map.entry("mlp.gate_proj", "ffn_gate"),
          Map.entry("mlp.up_proj", "ffn_up"),
          Map.entry("mlp.down_proj", "ffn_down"),
          Map.entry("mlp.c_fc", "ffn_up"),
          Map.entry("mlp.c_proj", "ffn_down"),
          Map.entry("mlp.gate", "ffn_gate_inp"));

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "llama,llama",
    "mistral,llama",
    "qwen2,qwen2",
    "qwen3,qwen3",
    "qwen3_moe,qwen3moe",
    "granite,granite",
    "starcoder2,starcoder2"
  })
  void isTheSameFromBothFormats(String reference, String architecture) throws IOException {
    Path directory = REFERENCES.resolve(reference);
    assumeTrue(Files.isDirectory(directory), "the reference checkpoints are not on this machine");
    try (Checkpoint expected = Checkpoints.open(directory)) {
      GgufBuilder builder = new GgufBuilder().set("general.architecture", architecture);
      keys(builder, architecture, expected.configuration());
      tensors(builder, architecture, expected);
      Path file = Files.write(folder.resolve("model.gguf"), builder.build());
      try (Checkpoint actual = Checkpoints.open(file)) {
        assertThat(withoutRounding(actual.configuration(), expected.configuration().architecture()))
            .isEqualTo(
                withoutRounding(expected.configuration(), expected.configuration().architecture()));
        for (String name : expected.configuration().tensors().keySet()) {
          assertThat(read(actual, name)).as(name).isEqualTo(read(expected, name));
        }
      }
    }
  }

  /** GGUF's numbers are float32. */
  private static ModelConfiguration withoutRounding(
      ModelConfiguration model, Architecture architecture) {
    return new ModelConfiguration(
        architecture,
        model.vocabularySize(),
        model.hiddenSize(),
        model.layers(),
        model.attention(),
        model.feedForward(),
        new ModelConfiguration.Norm(model.norm().kind(), (float) model.norm().epsilon()),
        model.contextLength(),
        (float) model.ropeTheta(),
        model.ropeScaling(),
        new ModelConfiguration.Multipliers(
            (float) model.multipliers().embedding(),
            (float) model.multipliers().attention(),
            (float) model.multipliers().residual(),
            (float) model.multipliers().logits()),
        model.tiedEmbeddings(),
        model.endTokens());
  }

  private static void keys(GgufBuilder builder, String prefix, ModelConfiguration model) {
    Attention attention = model.attention();
    String epsilon =
        prefix.equals("starcoder2")
            ? ".attention.layer_norm_epsilon"
            : ".attention.layer_norm_rms_epsilon";
    builder
        .set(prefix + ".context_length", model.contextLength())
        .set(prefix + ".embedding_length", model.hiddenSize())
        .set(prefix + ".block_count", model.layers())
        .set(prefix + ".attention.head_count", attention.heads())
        .set(prefix + ".attention.head_count_kv", attention.keyValueHeads())
        .set(prefix + ".attention.key_length", attention.headSize())
        .set(prefix + ".attention.value_length", attention.headSize())
        .set(prefix + ".rope.freq_base", (float) model.ropeTheta())
        .set(prefix + epsilon, (float) model.norm().epsilon())
        .set("tokenizer.ggml.eos_token_id", model.endTokens().getFirst());
    if (model.feedForward() instanceof FeedForward.Experts experts) {
      builder
          .set(prefix + ".expert_count", experts.count())
          .set(prefix + ".expert_used_count", experts.chosen())
          .set(prefix + ".expert_feed_forward_length", experts.size());
    } else {
      builder.set(prefix + ".feed_forward_length", model.feedForward().size());
    }
    if (prefix.equals("granite")) {
      builder
          .set("granite.embedding_scale", (float) model.multipliers().embedding())
          .set("granite.attention.scale", (float) model.multipliers().attention())
          .set("granite.residual_scale", (float) model.multipliers().residual())
          .set("granite.logit_scale", (float) model.multipliers().logits());
    }
  }

  private static void tensors(GgufBuilder builder, String architecture, Checkpoint checkpoint) {
    Map<String, List<float[]>> stacked = new TreeMap<>();
    Map<String, List<Integer>> shapes = new TreeMap<>();
    for (String name : checkpoint.configuration().tensors().keySet()) {
      float[] values = read(checkpoint, name);
      boolean turned = architecture.equals("llama") || architecture.equals("granite");
      if (turned && name.matches(".*\\.[qk]_proj\\.weight")) {
        values = interleave(values, checkpoint.shape(name), checkpoint.configuration());
      }
      String own = ggufName(name);
      stacked.computeIfAbsent(own, _ -> new ArrayList<>()).add(values);
      shapes.put(own, checkpoint.shape(name));
    }
    stacked.forEach((name, parts) -> {
      List<Integer> shape = new ArrayList<>(shapes.get(name));
      if (name.contains("_exps")) {
        shape.addFirst(parts.size());
      }
      int size = parts.stream().mapToInt(part -> part.length).sum();
      ByteBuffer data = ByteBuffer.allocate(4 * size).order(ByteOrder.LITTLE_ENDIAN);
      parts.forEach(part -> {
        for (float value : part) {
          data.putFloat(value);
        }
      });
      builder.tensor(name, shape, 0, data.array(), 0);
    });
  }

  private static String ggufName(String name) {
    String kind = name.substring(name.lastIndexOf('.'));
    String stem = name.substring(0, name.length() - kind.length());
    if (!stem.startsWith("model.layers.")) {
      return switch (stem) {
        case "model.embed_tokens" -> "token_embd" + kind;
        case "model.norm" -> "output_norm" + kind;
        default -> "output" + kind;
      };
    }
    String[] parts = stem.split("\\.", 4);
    String block = "blk." + parts[2] + ".";
    if (parts[3].startsWith("mlp.experts.")) {
      String matrix = parts[3].substring(parts[3].lastIndexOf('.') + 1).replace("_proj", "");
      return block + "ffn_" + matrix + "_exps" + kind;
    }
    return block + NAMES.get(parts[3]) + kind;
  }

  /** The rows of each head in the order 0, half, 1, half + 1, and so on. */
  private static float[] interleave(float[] values, List<Integer> shape, ModelConfiguration model) {
    int columns = shape.getLast();
    int size = model.attention().headSize();
    float[] turned = new float[values.length];
    for (int row = 0; row < shape.getFirst(); row++) {
      int inHead = row % size;
      int source = row - inHead + inHead / 2 + inHead % 2 * (size / 2);
      System.arraycopy(values, source * columns, turned, row * columns, columns);
    }
    return turned;
  }

  private static float[] read(Checkpoint checkpoint, String name) {
    List<Integer> shape = checkpoint.shape(name);
    int rows = shape.size() == 1 ? 1 : shape.getFirst();
    float[] values = new float[rows * shape.getLast()];
    checkpoint.readRows(name, 0, rows, values);
    return Arrays.copyOf(values, values.length);
  }
}
