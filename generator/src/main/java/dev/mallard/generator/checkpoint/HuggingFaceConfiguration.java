package dev.mallard.generator.checkpoint;

import dev.mallard.generator.UserException;
import dev.mallard.generator.checkpoint.ModelConfiguration.Architecture;
import dev.mallard.generator.checkpoint.ModelConfiguration.Attention;
import dev.mallard.generator.checkpoint.ModelConfiguration.FeedForward;
import dev.mallard.generator.checkpoint.ModelConfiguration.Multipliers;
import dev.mallard.generator.checkpoint.ModelConfiguration.Norm;
import dev.mallard.generator.checkpoint.ModelConfiguration.RopeScaling;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Reads {@code config.json}, with the transformers library's defaults for what is optional. */
final class HuggingFaceConfiguration {
  static final int MAXIMUM_BYTES = 1 << 22;

  private static final String SUPPORTED =
      Stream.of(Architecture.values())
          .map(architecture -> architecture.name().toLowerCase(Locale.ROOT))
          .collect(Collectors.joining(", "));

  private final Path path;
  private final JsonNode config;

  private HuggingFaceConfiguration(Path path, JsonNode config) {
    this.path = path;
    this.config = config;
  }

  /**
   * Reads the configuration of a folder.
   *
   * @throws UserException if it is missing, malformed, or of a model that Mallard cannot run
   */
  static ModelConfiguration read(Path folder) {
    Path path = folder.resolve("config.json");
    if (!Files.exists(path)) {
      throw new UserException(
          "The folder " + folder + " has no config.json, so it holds no model that can be read.");
    }
    HuggingFaceConfiguration reader =
        new HuggingFaceConfiguration(path, JsonFiles.readObject(path, MAXIMUM_BYTES));
    ModelConfiguration configuration = reader.configuration(folder);
    ConfigurationCheck.check(configuration, path);
    return configuration;
  }

  private ModelConfiguration configuration(Path folder) {
    Architecture architecture = architecture();
    refuse(
        present("quantization_config").isObject(),
        "holds weights quantized in a way that Mallard does not read; take the original weights"
            + " or a GGUF file");
    String activation = architecture == Architecture.STARCODER2 ? "gelu_pytorch_tanh" : "silu";
    refuse(
        !config.path("hidden_act").asString(activation).equals(activation),
        "has another activation than " + activation + ", which Mallard does not support");
    refuse(config.path("mlp_bias").asBoolean(false), "has biases that Mallard does not support");
    Attention attention = attention(architecture);
    return new ModelConfiguration(
        architecture,
        required("vocab_size"),
        required("hidden_size"),
        required("num_hidden_layers"),
        attention,
        feedForward(architecture),
        norm(architecture),
        contextLength(architecture),
        number(config, "rope_theta", number(config.path("rope_parameters"), "rope_theta", 10_000)),
        ropeScaling(),
        multipliers(architecture, attention.headSize()),
        config.path("tie_word_embeddings").asBoolean(architecture == Architecture.STARCODER2),
        List.copyOf(endTokens(folder)));
  }

  private Architecture architecture() {
    String type = config.path("model_type").asString("");
    try {
      return Architecture.valueOf(type.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new UserException(
          type.isEmpty()
              ? "%s does not name its model_type, and Mallard supports %s."
                  .formatted(path, SUPPORTED)
              : "%s is of the architecture %s, and Mallard supports %s."
                  .formatted(path, GgufHeader.quoted(type), SUPPORTED),
          e);
    }
  }

  private Attention attention(Architecture architecture) {
    int heads = required("num_attention_heads");
    int hiddenSize = required("hidden_size");
    boolean bias = config.path("attention_bias").asBoolean(false);
    boolean starcoder = architecture == Architecture.STARCODER2;
    if (starcoder) {
      bias = config.path("use_bias").asBoolean(true);
    }
    return new Attention(
        heads,
        optional("num_key_value_heads").orElse(heads),
        optional("head_dim").orElse(heads > 0 ? hiddenSize / heads : 0),
        bias || architecture == Architecture.QWEN2,
        bias,
        architecture == Architecture.QWEN3 || architecture == Architecture.QWEN3_MOE);
  }

  private FeedForward feedForward(Architecture architecture) {
    return switch (architecture) {
      case STARCODER2 ->
          new FeedForward.Plain(
              required("intermediate_size"), config.path("use_bias").asBoolean(true));
      case QWEN3_MOE -> {
        refuse(
            optional("decoder_sparse_step").orElse(1) != 1
                || !config.path("mlp_only_layers").isEmpty(),
            "has layers without experts among those with them, which Mallard does not support");
        yield new FeedForward.Experts(
            required("moe_intermediate_size"),
            required("num_experts"),
            required("num_experts_per_tok"),
            config.path("norm_topk_prob").asBoolean(false));
      }
      default -> new FeedForward.Gated(required("intermediate_size"));
    };
  }

  /**
   * StarCoder2 has its own name for the epsilon; a reference that gives both means the common one.
   */
  private Norm norm(Architecture architecture) {
    return architecture == Architecture.STARCODER2
        ? new Norm(
            Norm.Kind.LAYER, number(config, "rms_norm_eps", number(config, "norm_epsilon", 1e-5)))
        : Norm.rms(number(config, "rms_norm_eps", 1e-6));
  }

  /** Of a sliding window, only what lies within the first one: there it makes no difference. */
  private int contextLength(Architecture architecture) {
    int length = required("max_position_embeddings");
    boolean qwen = architecture.name().startsWith("QWEN");
    boolean sliding = !qwen || config.path("use_sliding_window").asBoolean(false);
    return sliding ? Math.min(length, optional("sliding_window").orElse(length)) : length;
  }

  private Multipliers multipliers(Architecture architecture, int headSize) {
    return architecture == Architecture.GRANITE
        ? new Multipliers(
            number(config, "embedding_multiplier", 1),
            number(config, "attention_multiplier", 1),
            number(config, "residual_multiplier", 1),
            number(config, "logits_scaling", 1))
        : Multipliers.usual(headSize);
  }

  /** From {@code rope_scaling}, or from {@code rope_parameters} as transformers 5 writes it. */
  private RopeScaling ropeScaling() {
    JsonNode scaling =
        present("rope_scaling").isObject()
            ? config.path("rope_scaling")
            : config.path("rope_parameters");
    String type = scaling.path("rope_type").asString(scaling.path("type").asString("default"));
    return switch (type) {
      case "default" -> new RopeScaling.None();
      case "linear" -> new RopeScaling.Linear(number(scaling, "factor", Double.NaN));
      case "llama3" ->
          new RopeScaling.Llama3(
              number(scaling, "factor", Double.NaN),
              number(scaling, "low_freq_factor", Double.NaN),
              number(scaling, "high_freq_factor", Double.NaN),
              (int) number(scaling, "original_max_position_embeddings", 0));
      default ->
          throw new UserException(
              "%s scales its rotary positions by %s, and Mallard supports linear and llama3."
                  .formatted(path, GgufHeader.quoted(type)));
    };
  }

  private Set<Integer> endTokens(Path folder) {
    Set<Integer> ends = new TreeSet<>();
    addTokens(ends, path, config.path("eos_token_id"));
    Path generation = folder.resolve("generation_config.json");
    if (Files.exists(generation)) {
      JsonNode node = JsonFiles.readObject(generation, MAXIMUM_BYTES);
      addTokens(ends, generation, node.path("eos_token_id"));
    }
    return ends;
  }

  private static void addTokens(Set<Integer> ends, Path path, JsonNode ids) {
    for (JsonNode id : ids.isArray() ? ids : List.of(ids)) {
      if (id.isIntegralNumber() && id.canConvertToInt()) {
        ends.add(id.intValue());
      } else if (!id.isMissingNode() && !id.isNull()) {
        throw new UserException("The eos_token_id of " + path + " is not a token id.");
      }
    }
  }

  private int required(String field) {
    return optional(field)
        .orElseThrow(() -> new UserException("%s lacks the field %s.".formatted(path, field)));
  }

  private OptionalInt optional(String field) {
    JsonNode value = present(field);
    if (value.isMissingNode()) {
      return OptionalInt.empty();
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw new UserException("The field %s of %s is not a whole number.".formatted(field, path));
    }
    return OptionalInt.of(value.intValue());
  }

  /** The value of a field; missing where the file says null. */
  private JsonNode present(String field) {
    JsonNode value = config.path(field);
    return value.isNull() ? config.path("") : value;
  }

  private double number(JsonNode object, String field, double otherwise) {
    JsonNode value = object.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    if (!value.isNumber()) {
      throw new UserException("The field %s of %s is not a number.".formatted(field, path));
    }
    return value.doubleValue();
  }

  private void refuse(boolean condition, String what) {
    if (condition) {
      throw new UserException(path + " " + what + ".");
    }
  }
}
