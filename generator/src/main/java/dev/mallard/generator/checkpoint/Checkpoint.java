package dev.mallard.generator.checkpoint;

import java.util.List;
import java.util.Set;

/**
 * A model's weights and configuration, whatever file they come from.
 *
 * <p>Tensors go by their Hugging Face names, such as {@code
 * model.layers.0.self_attn.q_proj.weight}, and are laid out as there (rotary positions in two
 * halves, not interleaved), also where the file has other names and another order. Reading is safe
 * from several threads.
 */
public interface Checkpoint extends AutoCloseable {

  ModelConfiguration configuration();

  Set<String> tensorNames();

  /**
   * Sizes of a tensor, outermost first: {@code [outputs, inputs]} of a matrix, {@code [size]} of a
   * vector.
   *
   * @throws dev.mallard.generator.UserException if the checkpoint lacks the tensor
   */
  List<Integer> shape(String tensor);

  /**
   * Reads whole rows of a matrix, or a vector (as one row), decoded to float32.
   *
   * @param destination receives {@code rowCount} rows one after the other, from index 0
   * @throws dev.mallard.generator.UserException if the checkpoint lacks the tensor or its data is
   *     cut short
   */
  void readRows(String tensor, int firstRow, int rowCount, float[] destination);

  /**
   * Names the content: equal for equal files, different after any change to them. Cheap: made from
   * sizes, times and headers, not from all bytes.
   */
  String fingerprint();

  @Override
  void close();
}
