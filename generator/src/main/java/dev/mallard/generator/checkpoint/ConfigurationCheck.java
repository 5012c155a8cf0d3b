package dev.mallard.generator.checkpoint;

import dev.mallard.generator.UserException;
import dev.mallard.generator.checkpoint.ModelConfiguration.Architecture;
import dev.mallard.generator.checkpoint.ModelConfiguration.RopeScaling;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells configurations that no model has, and tensors that do not fit their configuration. */
final class ConfigurationCheck {
  private ConfigurationCheck() {}

  /**
   * Checks that each hyperparameter alone, and all of them together, can be a model's.
   *
   * @param path named in the message
   * @throws UserException if they cannot
   */
  static void check(ModelConfiguration model, Path path) {
    within(path, "vocabulary size", model.vocabularySize(), 1, 1 << 22);
    within(path, "hidden size", model.hiddenSize(), 1, 1 << 17);
    within(path, "number of layers", model.layers(), 1, 1 << 10);
    within(path, "number of heads", model.heads(), 1, 1 << 12);
    within(path, "number of key and value heads", model.keyValueHeads(), 1, model.heads());
    within(path, "head size", model.headSize(), 2, 1 << 12);
    within(path, "intermediate size", model.intermediateSize(), 1, 1 << 20);
    within(path, "context length", model.contextLength(), 1, 1 << 28);
    require(path, model.heads() % model.keyValueHeads() == 0, "key and value heads do not divide");
    require(path, model.headSize() % 2 == 0, "head size is odd");
    require(path, model.normEpsilon() >= 0 && model.normEpsilon() < 1, "norm epsilon is absurd");
    require(path, positive(model.ropeTheta()), "rotary base is absurd");
    switch (model.ropeScaling()) {
      case RopeScaling.None() -> {}
      case RopeScaling.Linear(double factor) ->
          require(path, positive(factor), "rotary scaling is absurd");
      case RopeScaling.Llama3(double factor, double low, double high, int original) ->
          require(
              path,
              positive(factor) && positive(low) && positive(high) && low < high && original > 0,
              "rotary scaling is absurd");
      case RopeScaling.PerDimension(List<Double> factors) ->
          require(
              path,
              factors.size() == model.headSize() / 2
                  && factors.stream().allMatch(ConfigurationCheck::positive),
              "rotary factors are absurd");
    }
    require(
        path,
        model.endTokens().stream().allMatch(id -> id >= 0 && id < model.vocabularySize()),
        "end token is outside of its vocabulary");
  }

  /**
   * Checks that a checkpoint has every tensor of its configuration, in the right shape.
   *
   * @throws UserException if it has not
   */
  static void checkTensors(Checkpoint checkpoint, Path path) {
    expected(checkpoint.configuration())
        .forEach((name, shape) -> {
          if (!checkpoint.tensorNames().contains(name)) {
            throw new UserException(path + " lacks the tensor " + name + " of its model.");
          }
          if (!checkpoint.shape(name).equals(shape)) {
            throw new UserException(
                "The tensor %s of %s has the shape %s, but the model's configuration needs %s."
                    .formatted(name, path, checkpoint.shape(name), shape));
          }
        });
    if (checkpoint.configuration().architecture() == Architecture.LLAMA
        && checkpoint.tensorNames().contains("model.layers.0.self_attn.q_proj.bias")) {
      throw new UserException(
          path + " is a llama model with biases in its attention, which Mallard does not support.");
    }
  }

  private static Map<String, List<Integer>> expected(ModelConfiguration model) {
    int hidden = model.hiddenSize();
    int queries = model.heads() * model.headSize();
    int keys = model.keyValueHeads() * model.headSize();
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    shapes.put("model.embed_tokens.weight", List.of(model.vocabularySize(), hidden));
    shapes.put("model.norm.weight", List.of(hidden));
    if (!model.tiedEmbeddings()) {
      shapes.put("lm_head.weight", List.of(model.vocabularySize(), hidden));
    }
    for (int layer = 0; layer < model.layers(); layer++) {
      String prefix = "model.layers." + layer + ".";
      shapes.put(prefix + "input_layernorm.weight", List.of(hidden));
      shapes.put(prefix + "self_attn.q_proj.weight", List.of(queries, hidden));
      shapes.put(prefix + "self_attn.k_proj.weight", List.of(keys, hidden));
      shapes.put(prefix + "self_attn.v_proj.weight", List.of(keys, hidden));
      shapes.put(prefix + "self_attn.o_proj.weight", List.of(hidden, queries));
      if (model.architecture() == Architecture.QWEN2) {
        shapes.put(prefix + "self_attn.q_proj.bias", List.of(queries));
        shapes.put(prefix + "self_attn.k_proj.bias", List.of(keys));
        shapes.put(prefix + "self_attn.v_proj.bias", List.of(keys));
      }
      shapes.put(prefix + "post_attention_layernorm.weight", List.of(hidden));
      shapes.put(prefix + "mlp.gate_proj.weight", List.of(model.intermediateSize(), hidden));
      shapes.put(prefix + "mlp.up_proj.weight", List.of(model.intermediateSize(), hidden));
      shapes.put(prefix + "mlp.down_proj.weight", List.of(hidden, model.intermediateSize()));
    }
    return shapes;
  }

  private static void within(Path path, String what, int value, int least, int most) {
    require(
        path,
        value >= least && value <= most,
        "%s is %d, which is not from %d to %d".formatted(what, value, least, most));
  }

  private static void require(Path path, boolean condition, String what) {
    if (!condition) {
      throw new UserException(path + " describes no model that can be: its " + what + ".");
    }
  }

  private static boolean positive(double value) {
    return value > 0 && value < Double.POSITIVE_INFINITY;
  }
}
