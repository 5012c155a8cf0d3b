package dev.mallard.generator.checkpoint;

import dev.mallard.generator.UserException;
import dev.mallard.generator.checkpoint.ModelConfiguration.Architecture;
import dev.mallard.generator.checkpoint.ModelConfiguration.Attention;
import dev.mallard.generator.checkpoint.ModelConfiguration.FeedForward;
import dev.mallard.generator.checkpoint.ModelConfiguration.Multipliers;
import dev.mallard.generator.checkpoint.ModelConfiguration.Norm;
import dev.mallard.generator.checkpoint.ModelConfiguration.RopeScaling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads the hyperparameters out of a GGUF header, with llama.cpp's defaults for what is optional.
 */
final class GgufConfiguration {
  private static final String ROPE_FACTORS = "rope_freqs.weight";
  private static final int CONTROL_TOKEN = 3;

  /** What llama.cpp calls them; a Mistral is a llama there. */
  private static final Map<String, Architecture> FAMILIES =
      new TreeMap<>(
          Map.of(
              "llama", Architecture.LLAMA,
              "qwen2", Architecture.QWEN2,
              "qwen3", Architecture.QWEN3,
              "qwen3moe", Architecture.QWEN3_MOE,
              "granite", Architecture.GRANITE,
              "starcoder2", Architecture.STARCODER2));

  /** Tokens that end a message in the formats of chats; vocabularies often name but one. */
  private static final Set<String> MESSAGE_ENDS =
      Set.of(
          "<|im_end|>",
          "<|eot_id|>",
          "<|eom_id|>",
          "<|endoftext|>",
          "<|end_of_text|>",
          "<|end|>",
          "<|EOT|>",
          "<EOT>",
          "<end_of_turn>");

  private final GgufHeader header;
  private final GgufMetadata metadata;
  private final String architecture;

  private GgufConfiguration(GgufHeader header, String architecture) {
    this.header = header;
    this.metadata = header.metadata();
    this.architecture = architecture;
  }

  static ModelConfiguration read(GgufHeader header) {
    GgufMetadata metadata = header.metadata();
    String architecture =
        metadata
            .string("general.architecture")
            .orElseThrow(() -> metadata.corrupt("it does not name its architecture"));
    return new GgufConfiguration(header, architecture).read();
  }

  private ModelConfiguration read() {
    Architecture family =
        Optional.ofNullable(FAMILIES.get(architecture))
            .orElseThrow(() ->
                new UserException(
                    "%s is a model of the architecture %s, and Mallard supports %s."
                        .formatted(
                            metadata.path(),
                            GgufHeader.quoted(architecture),
                            String.join(", ", FAMILIES.keySet()))));
    if (metadata.integer("split.count").orElse(1) > 1) {
      throw new UserException(
          metadata.path()
              + " is one of several parts of a model; join them with llama.cpp's llama-gguf-split"
              + " --merge and give the joined file.");
    }
    if (family != Architecture.QWEN3_MOE && optional("expert_count").orElse(0) > 0) {
      throw new UserException(
          metadata.path()
              + " is a mixture of experts of another kind than qwen3moe, which Mallard does not"
              + " support.");
    }
    int hiddenSize = required("embedding_length");
    int heads = required("attention.head_count");
    int headSize = optional("attention.key_length").orElse(heads > 0 ? hiddenSize / heads : 0);
    if (optional("attention.value_length").orElse(headSize) != headSize
        || optional("rope.dimension_count").orElse(headSize) != headSize) {
      throw new UserException(
          metadata.path()
              + " has values or rotary positions of another width than its attention heads, which"
              + " Mallard does not support.");
    }
    StoredTensor embedding = header.tensors().get("token_embd.weight");
    if (embedding == null) {
      throw metadata.corrupt("it has no tensor token_embd.weight");
    }
    ModelConfiguration configuration =
        new ModelConfiguration(
            family,
            embedding.rows(),
            hiddenSize,
            required("block_count"),
            new Attention(
                heads,
                optional("attention.head_count_kv").orElse(heads),
                headSize,
                header.tensors().containsKey("blk.0.attn_q.bias"),
                header.tensors().containsKey("blk.0.attn_output.bias"),
                header.tensors().containsKey("blk.0.attn_q_norm.weight")),
            feedForward(family),
            norm(family),
            contextLength(),
            metadata.number(key("rope.freq_base")).orElse(10_000),
            ropeScaling(),
            multipliers(family, headSize),
            !header.tensors().containsKey("output.weight"),
            List.copyOf(endTokens(embedding.rows())));
    ConfigurationCheck.check(configuration, metadata.path());
    return configuration;
  }

  private FeedForward feedForward(Architecture family) {
    return switch (family) {
      case STARCODER2 ->
          new FeedForward.Plain(
              required("feed_forward_length"), header.tensors().containsKey("blk.0.ffn_up.bias"));
      case QWEN3_MOE ->
          // llama.cpp lets the weights of Qwen 3's chosen experts always add up to 1.
          new FeedForward.Experts(
              required("expert_feed_forward_length"),
              required("expert_count"),
              required("expert_used_count"),
              true);
      default -> new FeedForward.Gated(required("feed_forward_length"));
    };
  }

  private Norm norm(Architecture family) {
    boolean layer = family == Architecture.STARCODER2;
    String key = layer ? "attention.layer_norm_epsilon" : "attention.layer_norm_rms_epsilon";
    return new Norm(
        layer ? Norm.Kind.LAYER : Norm.Kind.RMS,
        metadata.number(key(key)).orElseThrow(() -> lacks(key)));
  }

  /** Of a sliding window, only what lies within the first one: there it makes no difference. */
  private int contextLength() {
    int length = required("context_length");
    int window = optional("attention.sliding_window").orElse(0);
    return window > 0 ? Math.min(length, window) : length;
  }

  private Multipliers multipliers(Architecture family, int headSize) {
    return family == Architecture.GRANITE
        ? new Multipliers(
            metadata.number(key("embedding_scale")).orElse(1),
            metadata.number(key("attention.scale")).orElse(1 / Math.sqrt(headSize)),
            metadata.number(key("residual_scale")).orElse(1),
            metadata.number(key("logit_scale")).orElse(1))
        : Multipliers.usual(headSize);
  }

  private RopeScaling ropeScaling() {
    StoredTensor factors = header.tensors().get(ROPE_FACTORS);
    if (factors != null) {
      float[] values = new float[factors.rowSize()];
      factors.read(0, 1, values, 0);
      List<Double> divisors = new ArrayList<>();
      for (float value : values) {
        divisors.add((double) value);
      }
      return new RopeScaling.PerDimension(List.copyOf(divisors));
    }
    double factor =
        metadata
            .number(key("rope.scaling.factor"))
            .orElse(metadata.number(key("rope.scale_linear")).orElse(0));
    String type = metadata.string(key("rope.scaling.type")).orElse(factor == 0 ? "none" : "linear");
    return switch (type) {
      case "none" -> new RopeScaling.None();
      case "linear" ->
          factor == 0 || factor == 1 ? new RopeScaling.None() : new RopeScaling.Linear(factor);
      default ->
          throw new UserException(
              "%s scales its rotary positions by %s, and Mallard supports linear and llama3."
                  .formatted(metadata.path(), GgufHeader.quoted(type)));
    };
  }

  private Set<Integer> endTokens(int vocabularySize) {
    Set<Integer> ends = new TreeSet<>();
    for (String name : List.of("eos", "eot", "eom")) {
      metadata
          .integer("tokenizer.ggml." + name + "_token_id")
          .ifPresent(id -> ends.add(Math.clamp(id, -1, vocabularySize)));
    }
    ends.removeIf(id -> id < 0 || id >= vocabularySize);
    List<String> tokens = metadata.strings("tokenizer.ggml.tokens");
    List<Number> types = metadata.numbers("tokenizer.ggml.token_type");
    for (int id = 0; id < Math.min(vocabularySize, Math.min(tokens.size(), types.size())); id++) {
      if (types.get(id).intValue() == CONTROL_TOKEN && MESSAGE_ENDS.contains(tokens.get(id))) {
        ends.add(id);
      }
    }
    return ends;
  }

  private String key(String name) {
    return architecture + "." + name;
  }

  private int required(String name) {
    return optional(name).orElseThrow(() -> lacks(name));
  }

  private Optional<Integer> optional(String name) {
    return metadata.integer(key(name)).stream()
        .mapToObj(value -> Math.clamp(value, Integer.MIN_VALUE, Integer.MAX_VALUE))
        .findFirst();
  }

  private UserException lacks(String name) {
    return metadata.corrupt("it lacks the key " + key(name));
  }
}
