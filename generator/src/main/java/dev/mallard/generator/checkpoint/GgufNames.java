package dev.mallard.generator.checkpoint;

import dev.mallard.generator.checkpoint.ModelConfiguration.Architecture;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Names of tensors in GGUF files, as llama.cpp gives them, and what Hugging Face calls them. */
final class GgufNames {
  private static final Pattern LAYER = Pattern.compile("blk\\.(\\d{1,4})\\.(\\w+)\\.(weight|bias)");

  private static final Map<String, String> OUTSIDE =
      Map.of(
          "token_embd.weight", "model.embed_tokens.weight",
          "output_norm.weight", "model.norm.weight",
          "output_norm.bias", "model.norm.bias",
          "output.weight", "lm_head.weight");

  private static final Map<String, String> INSIDE =
      Map.ofEntries(
          Map.entry("attn_norm", "input_layernorm"),
          Map.entry("attn_q", "self_attn.q_proj"),
          Map.entry("attn_k", "self_attn.k_proj"),
          Map.entry("attn_v", "self_attn.v_proj"),
          Map.entry("attn_output", "self_attn.o_proj"),
          Map.entry("attn_q_norm", "self_attn.q_norm"),
          Map.entry("attn_k_norm", "self_attn.k_norm"),
          Map.entry("ffn_norm", "post_attention_layernorm"),
          Map.entry("ffn_gate", "mlp.gate_proj"),
          Map.entry("ffn_up", "mlp.up_proj"),
          Map.entry("ffn_down", "mlp.down_proj"),
          Map.entry("ffn_gate_inp", "mlp.gate"));

  /** The two matrices of a feed-forward layer without a gate. */
  private static final Map<String, String> PLAIN =
      Map.of("ffn_up", "mlp.c_fc", "ffn_down", "mlp.c_proj");

  private static final int MOST_EXPERTS = 4096;

  /** Tensors of three dimensions, the first of which counts experts. */
  private static final Map<String, String> OF_EXPERTS =
      Map.of(
          "ffn_gate_exps", "gate_proj",
          "ffn_up_exps", "up_proj",
          "ffn_down_exps", "down_proj");

  private GgufNames() {}

  /**
   * The Hugging Face names of a tensor: none of one that the decoder has no use for; of one that
   * stacks the experts' matrices, one for each expert, in order.
   *
   * @param outer the tensor's outermost size
   */
  static List<String> toHuggingFace(String name, Architecture architecture, int outer) {
    Matcher layer = LAYER.matcher(name);
    if (!layer.matches()) {
      return Optional.ofNullable(OUTSIDE.get(name)).stream().toList();
    }
    String prefix = "model.layers.%s.".formatted(layer.group(1));
    String ofExperts = OF_EXPERTS.get(layer.group(2));
    if (ofExperts != null) {
      return IntStream.range(0, Math.min(outer, MOST_EXPERTS))
          .mapToObj(expert -> prefix + "mlp.experts." + expert + "." + ofExperts + ".weight")
          .toList();
    }
    String usual = INSIDE.get(layer.group(2));
    String part =
        architecture == Architecture.STARCODER2
            ? PLAIN.getOrDefault(layer.group(2), usual == null ? "" : usual)
            : usual == null ? "" : usual;
    return part.isEmpty() ? List.of() : List.of(prefix + part + "." + layer.group(3));
  }
}
