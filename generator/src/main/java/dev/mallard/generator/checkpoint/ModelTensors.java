package dev.mallard.generator.checkpoint;

import dev.mallard.generator.checkpoint.ModelConfiguration.Attention;
import dev.mallard.generator.checkpoint.ModelConfiguration.FeedForward;
import dev.mallard.generator.checkpoint.ModelConfiguration.FeedForward.Experts;
import dev.mallard.generator.checkpoint.ModelConfiguration.FeedForward.Gated;
import dev.mallard.generator.checkpoint.ModelConfiguration.FeedForward.Plain;
import dev.mallard.generator.checkpoint.ModelConfiguration.Norm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tensors that a model of a configuration has: Hugging Face's names, and their shapes. */
final class ModelTensors {
  private final ModelConfiguration model;
  private final Map<String, List<Integer>> shapes = new LinkedHashMap<>();

  private ModelTensors(ModelConfiguration model) {
    this.model = model;
  }

  /** Shapes by name. */
  static Map<String, List<Integer>> of(ModelConfiguration model) {
    ModelTensors tensors = new ModelTensors(model);
    tensors.addAll();
    return tensors.shapes;
  }

  private void addAll() {
    matrix("model.embed_tokens", model.vocabularySize(), model.hiddenSize(), false);
    norm("model.norm");
    if (!model.tiedEmbeddings()) {
      matrix("lm_head", model.vocabularySize(), model.hiddenSize(), false);
    }
    for (int layer = 0; layer < model.layers(); layer++) {
      String prefix = "model.layers." + layer + ".";
      norm(prefix + "input_layernorm");
      addAttention(prefix + "self_attn.");
      norm(prefix + "post_attention_layernorm");
      addFeedForward(prefix + "mlp.");
    }
  }

  private void addAttention(String prefix) {
    Attention attention = model.attention();
    int queries = attention.heads() * attention.headSize();
    int keys = attention.keyValueHeads() * attention.headSize();
    matrix(prefix + "q_proj", queries, model.hiddenSize(), attention.inputBias());
    matrix(prefix + "k_proj", keys, model.hiddenSize(), attention.inputBias());
    matrix(prefix + "v_proj", keys, model.hiddenSize(), attention.inputBias());
    matrix(prefix + "o_proj", model.hiddenSize(), queries, attention.outputBias());
    if (attention.queryKeyNorm()) {
      shapes.put(prefix + "q_norm.weight", List.of(attention.headSize()));
      shapes.put(prefix + "k_norm.weight", List.of(attention.headSize()));
    }
  }

  private void addFeedForward(String prefix) {
    FeedForward feedForward = model.feedForward();
    int size = feedForward.size();
    switch (feedForward) {
      case Gated gated -> addGated(prefix, size);
      case Plain(int width, boolean bias) -> {
        matrix(prefix + "c_fc", width, model.hiddenSize(), bias);
        matrix(prefix + "c_proj", model.hiddenSize(), width, bias);
      }
      case Experts experts -> {
        matrix(prefix + "gate", experts.count(), model.hiddenSize(), false);
        for (int expert = 0; expert < experts.count(); expert++) {
          addGated(prefix + "experts." + expert + ".", size);
        }
      }
    }
  }

  private void addGated(String prefix, int size) {
    matrix(prefix + "gate_proj", size, model.hiddenSize(), false);
    matrix(prefix + "up_proj", size, model.hiddenSize(), false);
    matrix(prefix + "down_proj", model.hiddenSize(), size, false);
  }

  private void norm(String name) {
    shapes.put(name + ".weight", List.of(model.hiddenSize()));
    if (model.norm().kind() == Norm.Kind.LAYER) {
      shapes.put(name + ".bias", List.of(model.hiddenSize()));
    }
  }

  private void matrix(String name, int rows, int columns, boolean bias) {
    shapes.put(name + ".weight", List.of(rows, columns));
    if (bias) {
      shapes.put(name + ".bias", List.of(rows));
    }
  }
}
