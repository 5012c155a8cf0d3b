package dev.mallard.generator.checkpoint;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of tensors in GGUF files, as llama.cpp gives them, and what Hugging Face calls them. */
final class GgufNames {
  private static final Pattern LAYER = Pattern.compile("blk\\.(\\d{1,4})\\.(\\w+)\\.(weight|bias)");

  private static final Map<String, String> OUTSIDE =
      Map.of(
          "token_embd.weight", "model.embed_tokens.weight",
          "output_norm.weight", "model.norm.weight",
          "output.weight", "lm_head.weight");

  private static final Map<String, String> INSIDE =
      Map.of(
          "attn_norm", "input_layernorm",
          "attn_q", "self_attn.q_proj",
          "attn_k", "self_attn.k_proj",
          "attn_v", "self_attn.v_proj",
          "attn_output", "self_attn.o_proj",
          "ffn_norm", "post_attention_layernorm",
          "ffn_gate", "mlp.gate_proj",
          "ffn_up", "mlp.up_proj",
          "ffn_down", "mlp.down_proj");

  private GgufNames() {}

  /** The Hugging Face name of a tensor; empty for one that the decoder has no use for. */
  static Optional<String> toHuggingFace(String name) {
    Matcher layer = LAYER.matcher(name);
    if (!layer.matches()) {
      return Optional.ofNullable(OUTSIDE.get(name));
    }
    return Optional.ofNullable(INSIDE.get(layer.group(2)))
        .map(part -> "model.layers.%s.%s.%s".formatted(layer.group(1), part, layer.group(3)));
  }
}
