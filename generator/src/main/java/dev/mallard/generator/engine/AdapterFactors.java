package dev.mallard.generator.engine;

import dev.mallard.generator.UserException;
import dev.mallard.generator.checkpoint.LoraAdapter;
import dev.mallard.generator.checkpoint.LowRankUpdate;
import dev.mallard.generator.checkpoint.ModelConfiguration;
import dev.mallard.generator.engine.PackingPlan.Item;
import dev.mallard.generator.engine.PackingPlan.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an adapter adds to the stacked matrices of the layers, as the decoder program takes it: the
 * first factors of the matrices that are stacked one below the other, the second ones beside each
 * other, each at the rows of its matrix, and zeros elsewhere.
 */
final class AdapterFactors {
  private AdapterFactors() {}

  /**
   * One factor of a product of two matrices.
   *
   * @param values row by row; none if nothing is added
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Factor(float[] values, int rows, int columns) {
    static final Factor NONE = new Factor(new float[0], 0, 0);
  }

  /**
   * The factors of all layers: for each layer those of its four matrices, two each.
   *
   * @param adapter checked against the model
   * @throws UserException if the adapter changes something else than the attention and the
   *     feed-forward matrices of layers
   */
  static List<Factor> of(LoraAdapter adapter, ModelConfiguration model) {
    Set<String> left = new HashSet<>(adapter.tensorNames());
    Map<String, List<Integer>> shapes = model.tensors();
    List<Factor> factors = new ArrayList<>();
    for (int layer = 0; layer < model.layers(); layer++) {
      for (Item item : LayerPlan.of(model, layer)) {
        if (item.kind() != Kind.MATRIX) {
          continue;
        }
        Map<String, LowRankUpdate> updates = new HashMap<>();
        if (item.parts() == 1) {
          for (String source : item.sources()) {
            adapter.update(source).ifPresent(update -> updates.put(source, update));
            left.remove(source);
          }
        }
        factors.addAll(of(item, updates, shapes));
      }
    }
    if (!left.isEmpty()) {
      throw new UserException(
          "The adapter changes %s, and Mallard applies adapters to the attention and feed-forward matrices of layers without experts: merge it into its base model, and take that."
              .formatted(left.iterator().next()));
    }
    return factors;
  }

  private static List<Factor> of(
      Item item, Map<String, LowRankUpdate> updates, Map<String, List<Integer>> shapes) {
    int rank = updates.values().stream().mapToInt(LowRankUpdate::rank).sum();
    if (rank == 0) {
      return List.of(Factor.NONE, Factor.NONE);
    }
    int columns = item.columns();
    float[] first = new float[rank * columns];
    float[] second = new float[item.rows() * rank];
    int row = 0;
    int at = 0;
    for (String source : item.sources()) {
      LowRankUpdate update = updates.get(source);
      int outputs = shapes.getOrDefault(source, List.of(0)).getFirst();
      if (update == null) {
        row += outputs;
        continue;
      }
      System.arraycopy(update.a(), 0, first, at * columns, update.a().length);
      for (int output = 0; output < update.outputs(); output++) {
        for (int i = 0; i < update.rank(); i++) {
          second[(row + output) * rank + at + i] =
              (float) (update.b()[output * update.rank() + i] * update.scale());
        }
      }
      row += outputs;
      at += update.rank();
    }
    return List.of(new Factor(first, rank, columns), new Factor(second, item.rows(), rank));
  }
}
