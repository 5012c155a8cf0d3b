package dev.mallard.generator.checkpoint;

import dev.mallard.generator.UserException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * Reads {@code adapter_config.json}, with PEFT's defaults for what is optional.
 *
 * <p>Source: {@code peft/tuners/lora/config.py} and {@code get_pattern_key} of {@code
 * peft/utils/other.py}. All that changes what an adapter computes is understood or refused.
 */
final class LoraConfiguration {
  static final int MAXIMUM_BYTES = 1 << 22;
  static final int MAXIMUM_RANK = 1 << 14;

  /** Fields that change the arithmetic unless they are null, false or empty. */
  private static final List<String> REFUSED =
      List.of(
          "use_dora",
          "fan_in_fan_out",
          "lora_bias",
          "modules_to_save",
          "layer_replication",
          "trainable_token_indices",
          "target_parameters",
          "alora_invocation_tokens",
          "arrow_config",
          "megatron_config");

  /** Ways to begin that leave the base model's weights as they are. */
  private static final Set<String> INITIAL_WEIGHTS =
      Set.of("true", "false", "gaussian", "eva", "orthogonal");

  private final Path path;
  private final JsonNode config;
  private final int rank;
  private final double alpha;
  private final boolean rankStabilized;
  private final Map<String, Double> ranks;
  private final Map<String, Double> alphas;
  private final ModulePatterns rankPatterns;
  private final ModulePatterns alphaPatterns;
  private final Predicate<String> targets;

  private LoraConfiguration(Path path, JsonNode config) {
    this.path = path;
    this.config = config;
    refuseOtherAdapters();
    rank = rank("r", number("r", config.path("r")));
    alpha = number("lora_alpha", config.path("lora_alpha"));
    rankStabilized = config.path("use_rslora").asBoolean(false);
    ranks = numbers("rank_pattern");
    alphas = numbers("alpha_pattern");
    ranks.values().forEach(value -> rank("rank_pattern", value));
    rankPatterns = new ModulePatterns(where("rank_pattern"), ranks.keySet());
    alphaPatterns = new ModulePatterns(where("alpha_pattern"), alphas.keySet());
    targets = targets();
  }

  /**
   * Reads the configuration of a folder.
   *
   * @throws UserException if it is missing, malformed, or of an adapter that Mallard cannot apply
   */
  static LoraConfiguration read(Path path) {
    return new LoraConfiguration(path, JsonFiles.readObject(path, MAXIMUM_BYTES));
  }

  /** Whether a module, such as {@code model.layers.0.mlp.up_proj}, is among those adapted. */
  boolean targets(String module) {
    return targets.test(module);
  }

  /** The rank of a module's matrices. */
  int rank(String module) {
    return rankPatterns.match(module).map(ranks::get).map(Double::intValue).orElse(rank);
  }

  /** What the product of a module's matrices is multiplied with before it is added. */
  double scale(String module) {
    double own = alphaPatterns.match(module).map(alphas::get).orElse(alpha);
    int rank = rank(module);
    return own / (rankStabilized ? Math.sqrt(rank) : rank);
  }

  private void refuseOtherAdapters() {
    String type = config.path("peft_type").asString("");
    if (!type.equals("LORA")) {
      throw new UserException(
          "%s is of an adapter of the type %s, and Mallard reads LORA."
              .formatted(path, type.isEmpty() ? "that it does not name" : GgufHeader.quoted(type)));
    }
    for (String field : REFUSED) {
      if (isSet(config.path(field))) {
        throw unsupported(field);
      }
    }
    if (!text("bias", "none").equals("none")) {
      throw unsupported("bias");
    }
    if (!INITIAL_WEIGHTS.contains(text("init_lora_weights", "true"))) {
      throw unsupported("init_lora_weights");
    }
    for (Map.Entry<String, JsonNode> field : config.properties()) {
      boolean known = field.getKey().equals("use_rslora");
      if (!known && field.getKey().startsWith("use_") && isSet(field.getValue())) {
        throw unsupported(GgufHeader.quoted(field.getKey()));
      }
    }
    JsonNode stabilized = config.path("use_rslora");
    if (isSet(stabilized) && !stabilized.isBoolean()) {
      throw malformed("use_rslora", "true or false");
    }
  }

  private String text(String field, String otherwise) {
    JsonNode value = config.path(field);
    return value.isNull() ? otherwise : value.asString(otherwise);
  }

  private static boolean isSet(JsonNode value) {
    boolean empty = value.isContainer() && value.isEmpty();
    boolean no = value.isBoolean() && !value.booleanValue();
    return !value.isMissingNode() && !value.isNull() && !empty && !no;
  }

  private Predicate<String> targets() {
    JsonNode value = config.path("target_modules");
    if (value.isString()) {
      String expression = value.stringValue();
      return expression.equals("all-linear")
          ? module -> true
          : ModulePatterns.compile(where("target_modules"), expression)::matches;
    }
    List<String> names = new ArrayList<>();
    for (JsonNode name : value) {
      if (!name.isString() || !name.stringValue().matches("[\\w.-]{1,500}")) {
        throw malformed("target_modules", "a list of module names");
      }
      names.add(name.stringValue());
    }
    if (!value.isArray() || names.isEmpty()) {
      throw malformed("target_modules", "a list of module names or a regular expression");
    }
    ModulePatterns patterns = new ModulePatterns(where("target_modules"), names);
    return module -> patterns.match(module).isPresent();
  }

  private Map<String, Double> numbers(String field) {
    JsonNode value = config.path(field);
    if (!value.isMissingNode() && !value.isNull() && !value.isObject()) {
      throw malformed(field, "an object");
    }
    Map<String, Double> numbers = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      numbers.put(entry.getKey(), number(field, entry.getValue()));
    }
    return numbers;
  }

  private double number(String field, JsonNode value) {
    double number = value.isNumber() ? value.doubleValue() : Double.NaN;
    if (!Double.isFinite(number) || Math.abs(number) > 1e9) {
      throw malformed(field, "a number that a LoRA adapter can have");
    }
    return number;
  }

  private int rank(String field, double number) {
    if (number < 1 || number > MAXIMUM_RANK || number != Math.rint(number)) {
      throw malformed(field, "a rank from 1 to " + MAXIMUM_RANK);
    }
    return (int) number;
  }

  private String where(String field) {
    return "The field " + field + " of " + path;
  }

  private UserException malformed(String field, String expected) {
    return new UserException(where(field) + " is not " + expected + ".");
  }

  private UserException unsupported(String field) {
    return new UserException(
        where(field)
            + " changes what the adapter computes in a way that Mallard does not support; merge it"
            + " into its base model with PEFT and use that model.");
  }
}
