package dev.mallard.generator.checkpoint;

import dev.mallard.generator.UserException;
import dev.mallard.generator.checkpoint.ModelConfiguration.Attention;
import dev.mallard.generator.checkpoint.ModelConfiguration.FeedForward.Experts;
import dev.mallard.generator.checkpoint.ModelConfiguration.Multipliers;
import dev.mallard.generator.checkpoint.ModelConfiguration.RopeScaling;
import java.nio.file.Path;
import java.util.List;

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
    Attention attention = model.attention();
    within(path, "number of heads", attention.heads(), 1, 1 << 12);
    within(path, "number of key and value heads", attention.keyValueHeads(), 1, attention.heads());
    within(path, "head size", attention.headSize(), 2, 1 << 12);
    within(path, "intermediate size", model.feedForward().size(), 1, 1 << 20);
    if (model.feedForward() instanceof Experts experts) {
      within(path, "number of experts", experts.count(), 1, 1 << 12);
      within(path, "number of experts of a token", experts.chosen(), 1, experts.count());
    }
    within(path, "context length", model.contextLength(), 1, 1 << 28);
    require(
        path,
        attention.heads() % attention.keyValueHeads() == 0,
        "key and value heads do not divide");
    require(path, attention.headSize() % 2 == 0, "head size is odd");
    double epsilon = model.norm().epsilon();
    require(path, epsilon >= 0 && epsilon < 1, "norm epsilon is absurd");
    Multipliers multipliers = model.multipliers();
    require(
        path,
        positive(multipliers.embedding())
            && positive(multipliers.attention())
            && positive(multipliers.residual())
            && positive(multipliers.logits()),
        "multipliers are absurd");
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
              factors.size() == attention.headSize() / 2
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
    ModelTensors.of(checkpoint.configuration())
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
    if (!checkpoint.configuration().attention().inputBias()
        && checkpoint.tensorNames().contains("model.layers.0.self_attn.q_proj.bias")) {
      throw new UserException(
          path + " has biases in its attention that its configuration does not name.");
    }
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
