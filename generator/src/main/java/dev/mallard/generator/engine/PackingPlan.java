package dev.mallard.generator.engine;

import dev.mallard.generator.checkpoint.Checkpoint;
import dev.mallard.generator.checkpoint.ModelConfiguration;
import java.util.ArrayList;
import java.util.List;

/**
 * Which tensors the decoder wants, and of which tensors of the checkpoint each is made. Matrices
 * that are multiplied by the same input are stacked into one.
 *
 * @param layers the tensors of each transformer block, in the order that the decoder takes them
 * @param ends embedding, last norm and, unless it is the embedding, the head
 */
record PackingPlan(List<List<Item>> layers, List<Item> ends) {

  /** What a tensor is, which decides the type it is stored in. */
  enum Kind {
    MATRIX,
    NORM,
    BIAS
  }

  /**
   * One tensor of the decoder.
   *
   * @param name its name in the packed file
   * @param sources the checkpoint's tensors whose rows make it up, stacked; empty if the
   *     architecture has none
   * @param rows its rows; 1 for a vector
   * @param columns its columns
   */
  record Item(String name, Kind kind, List<String> sources, int rows, int columns) {}

  static PackingPlan of(Checkpoint checkpoint) {
    ModelConfiguration c = checkpoint.configuration();
    boolean biased =
        switch (c.architecture()) {
          case LLAMA -> checkpoint.tensorNames().contains("model.layers.0.self_attn.q_proj.bias");
          case QWEN2 -> true;
        };
    int queries = c.heads() * c.headSize();
    int keys = c.keyValueHeads() * c.headSize();
    List<List<Item>> layers = new ArrayList<>();
    for (int layer = 0; layer < c.layers(); layer++) {
      String from = "model.layers." + layer + ".";
      String attention = from + "self_attn.";
      String feedForward = from + "mlp.";
      String to = "layers." + layer + ".";
      layers.add(
          List.of(
              norm(to + "input_norm", from + "input_layernorm.weight", c.hiddenSize()),
              norm(
                  to + "feed_forward_norm",
                  from + "post_attention_layernorm.weight",
                  c.hiddenSize()),
              new Item(
                  to + "query_key_value",
                  Kind.MATRIX,
                  List.of(
                      attention + "q_proj.weight",
                      attention + "k_proj.weight",
                      attention + "v_proj.weight"),
                  queries + 2 * keys,
                  c.hiddenSize()),
              new Item(
                  to + "query_key_value.bias",
                  Kind.BIAS,
                  biased
                      ? List.of(
                          attention + "q_proj.bias",
                          attention + "k_proj.bias",
                          attention + "v_proj.bias")
                      : List.of(),
                  1,
                  biased ? queries + 2 * keys : 0),
              matrix(to + "output", attention + "o_proj.weight", c.hiddenSize(), queries),
              new Item(
                  to + "gate_up",
                  Kind.MATRIX,
                  List.of(feedForward + "gate_proj.weight", feedForward + "up_proj.weight"),
                  2 * c.intermediateSize(),
                  c.hiddenSize()),
              matrix(
                  to + "down",
                  feedForward + "down_proj.weight",
                  c.hiddenSize(),
                  c.intermediateSize())));
    }
    List<Item> ends = new ArrayList<>();
    ends.add(matrix("embedding", "model.embed_tokens.weight", c.vocabularySize(), c.hiddenSize()));
    ends.add(norm("last_norm", "model.norm.weight", c.hiddenSize()));
    if (!c.tiedEmbeddings()) {
      ends.add(matrix("head", "lm_head.weight", c.vocabularySize(), c.hiddenSize()));
    }
    return new PackingPlan(layers, ends);
  }

  /** All tensors, in the order in which the packed file has them. */
  List<Item> items() {
    List<Item> all = new ArrayList<>();
    layers.forEach(all::addAll);
    all.addAll(ends);
    return all;
  }

  private static Item matrix(String name, String source, int rows, int columns) {
    return new Item(name, Kind.MATRIX, List.of(source), rows, columns);
  }

  private static Item norm(String name, String source, int size) {
    return new Item(name, Kind.NORM, List.of(source), 1, size);
  }
}
