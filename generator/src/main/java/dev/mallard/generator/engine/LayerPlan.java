package dev.mallard.generator.engine;

import dev.mallard.generator.checkpoint.ModelConfiguration;
import dev.mallard.generator.checkpoint.ModelConfiguration.Attention;
import dev.mallard.generator.checkpoint.ModelConfiguration.FeedForward;
import dev.mallard.generator.checkpoint.ModelConfiguration.FeedForward.Experts;
import dev.mallard.generator.checkpoint.ModelConfiguration.FeedForward.Gated;
import dev.mallard.generator.checkpoint.ModelConfiguration.FeedForward.Plain;
import dev.mallard.generator.checkpoint.ModelConfiguration.Norm;
import dev.mallard.generator.engine.PackingPlan.Item;
import dev.mallard.generator.engine.PackingPlan.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The tensors of one transformer block, in the order that the decoder takes them. */
final class LayerPlan {
  /** Begins the names of all its tensors. */
  static final String PREFIX = "layers.";

  private final ModelConfiguration model;
  private final String from;
  private final String to;
  private final List<Item> items = new ArrayList<>();

  private LayerPlan(ModelConfiguration model, int layer) {
    this.model = model;
    from = "model.layers." + layer + ".";
    to = PREFIX + layer + ".";
  }

  static List<Item> of(ModelConfiguration model, int layer) {
    LayerPlan plan = new LayerPlan(model, layer);
    plan.addNorm("input_norm", "input_layernorm");
    plan.addNorm("feed_forward_norm", "post_attention_layernorm");
    plan.addAttention();
    plan.addFeedForward();
    return plan.items;
  }

  private void addAttention() {
    Attention attention = model.attention();
    int queries = attention.heads() * attention.headSize();
    int keys = attention.keyValueHeads() * attention.headSize();
    addLinear(
        "query_key_value",
        List.of("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"),
        queries + 2 * keys,
        model.hiddenSize(),
        attention.inputBias());
    addLinear(
        "output", List.of("self_attn.o_proj"), model.hiddenSize(), queries, attention.outputBias());
    for (String part : List.of("q_norm", "k_norm")) {
      addVector(
          part,
          Kind.NORM,
          attention.queryKeyNorm() ? List.of("self_attn." + part + ".weight") : List.of(),
          attention.headSize());
    }
  }

  private void addFeedForward() {
    FeedForward feedForward = model.feedForward();
    int size = feedForward.size();
    switch (feedForward) {
      case Gated gated ->
          addFeedForward(
              List.of("mlp.gate_proj", "mlp.up_proj"), 2 * size, List.of("mlp.down_proj"), false);
      case Plain(int width, boolean bias) ->
          addFeedForward(List.of("mlp.c_fc"), width, List.of("mlp.c_proj"), bias);
      case Experts experts -> {
        List<String> names =
            Stream.iterate(0, expert -> expert + 1)
                .limit(experts.count())
                .map(expert -> "mlp.experts." + expert + ".")
                .toList();
        addFeedForward(
            names.stream()
                .flatMap(name -> Stream.of(name + "gate_proj", name + "up_proj"))
                .toList(),
            2 * size * experts.count(),
            names.stream().map(name -> name + "down_proj").toList(),
            false);
        items.add(
            new Item(
                to + "router",
                Kind.ROUTER,
                List.of(from + "mlp.gate.weight"),
                experts.count(),
                model.hiddenSize(),
                1));
      }
    }
  }

  /** The second matrices of all experts are stacked as the first ones are. */
  private void addFeedForward(List<String> up, int rows, List<String> down, boolean bias) {
    addLinear("up", up, rows, model.hiddenSize(), bias);
    addLinear("down", down, model.hiddenSize() * down.size(), model.feedForward().size(), bias);
  }

  private void addNorm(String name, String source) {
    addVector(name, Kind.NORM, List.of(source + ".weight"), model.hiddenSize());
    addVector(
        name + ".bias",
        Kind.NORM,
        model.norm().kind() == Norm.Kind.LAYER ? List.of(source + ".bias") : List.of(),
        model.hiddenSize());
  }

  private void addLinear(String name, List<String> sources, int rows, int columns, boolean bias) {
    items.add(
        PackingPlan.matrix(
            to + name,
            sources.stream().map(source -> from + source + ".weight").toList(),
            rows,
            columns,
            parts(sources.getFirst())));
    addVector(
        name + ".bias",
        Kind.BIAS,
        bias ? sources.stream().map(source -> source + ".bias").toList() : List.of(),
        rows);
  }

  private int parts(String source) {
    return model.feedForward() instanceof Experts experts && source.startsWith("mlp.")
        ? experts.count()
        : 1;
  }

  private void addVector(String name, Kind kind, List<String> sources, int size) {
    items.add(
        PackingPlan.vector(
            to + name, kind, sources.stream().map(source -> from + source).toList(), size));
  }
}
