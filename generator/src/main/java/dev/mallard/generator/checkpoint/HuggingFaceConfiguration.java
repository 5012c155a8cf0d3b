package dev.mallard.generator.checkpoint;

import dev.mallard.generator.UserException;
import dev.mallard.generator.checkpoint.ModelConfiguration.Architecture;
import dev.mallard.generator.checkpoint.ModelConfiguration.RopeScaling;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Reads {@code config.json}, with the transformers library's defaults for what is optional. */
final class HuggingFaceConfiguration {
  static final int MAXIMUM_BYTES = 1 << 22;

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
    refuse(
        !config.path("hidden_act").asString("silu").equals("silu"),
        "has another activation than silu, which Mallard does not support");
    refuse(
        architecture == Architecture.QWEN2 && config.path("use_sliding_window").asBoolean(false),
        "uses sliding-window attention, which Mallard does not support");
    refuse(
        architecture == Architecture.LLAMA
            && (config.path("attention_bias").asBoolean(false)
                || config.path("mlp_bias").asBoolean(false)),
        "is a llama model with biases, which Mallard does not support");
    int hiddenSize = required("hidden_size");
    int heads = required("num_attention_heads");
    return new ModelConfiguration(
        architecture,
        required("vocab_size"),
        hiddenSize,
        required("num_hidden_layers"),
        heads,
        optional("num_key_value_heads").orElse(heads),
        optional("head_dim").orElse(heads > 0 ? hiddenSize / heads : 0),
        required("intermediate_size"),
        required("max_position_embeddings"),
        number(config, "rms_norm_eps", 1e-6),
        number(config, "rope_theta", number(config.path("rope_parameters"), "rope_theta", 10_000)),
        ropeScaling(),
        config.path("tie_word_embeddings").asBoolean(false),
        List.copyOf(endTokens(folder)));
  }

  private Architecture architecture() {
    String type = config.path("model_type").asString("");
    return switch (type) {
      case "llama" -> Architecture.LLAMA;
      case "qwen2" -> Architecture.QWEN2;
      default ->
          throw new UserException(
              type.isEmpty()
                  ? path + " does not name its model_type, and Mallard supports llama and qwen2."
                  : "%s is of the architecture %s, and Mallard supports llama and qwen2."
                      .formatted(path, GgufHeader.quoted(type)));
    };
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
