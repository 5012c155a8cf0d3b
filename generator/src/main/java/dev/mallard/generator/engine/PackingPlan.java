package dev.mallard.generator.engine;

import dev.mallard.generator.checkpoint.Checkpoint;
import dev.mallard.generator.checkpoint.ModelConfiguration;
import dev.mallard.generator.checkpoint.ModelConfiguration.Norm;
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
    /** A small matrix on whose exact values much depends. */
    ROUTER,
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
   * @param parts as how many matrices, one below the other, it is used
   */
  record Item(String name, Kind kind, List<String> sources, int rows, int columns, int parts) {
    /** Whether it consists of rows, and is no vector. */
    boolean isMatrix() {
      return kind == Kind.MATRIX || kind == Kind.ROUTER;
    }
  }

  static PackingPlan of(Checkpoint checkpoint) {
    ModelConfiguration model = checkpoint.configuration();
    List<List<Item>> layers = new ArrayList<>();
    for (int layer = 0; layer < model.layers(); layer++) {
      layers.add(LayerPlan.of(model, layer));
    }
    List<Item> ends = new ArrayList<>();
    int width = model.hiddenSize();
    ends.add(
        matrix(
            "embedding", List.of("model.embed_tokens.weight"), model.vocabularySize(), width, 1));
    ends.add(vector("last_norm", Kind.NORM, List.of("model.norm.weight"), width));
    ends.add(
        vector(
            "last_norm.bias",
            Kind.NORM,
            model.norm().kind() == Norm.Kind.LAYER ? List.of("model.norm.bias") : List.of(),
            width));
    if (!model.tiedEmbeddings()) {
      ends.add(matrix("head", List.of("lm_head.weight"), model.vocabularySize(), width, 1));
    }
    return new PackingPlan(layers, ends);
  }

  static Item matrix(String name, List<String> sources, int rows, int columns, int parts) {
    return new Item(name, Kind.MATRIX, sources, rows, columns, parts);
  }

  /** A vector of that size; an empty one without sources. */
  static Item vector(String name, Kind kind, List<String> sources, int size) {
    return new Item(name, kind, sources, 1, sources.isEmpty() ? 0 : size, 1);
  }

  /** All tensors, in the order in which the packed file has them. */
  List<Item> items() {
    List<Item> all = new ArrayList<>();
    layers.forEach(all::addAll);
    all.addAll(ends);
    return all;
  }
}
