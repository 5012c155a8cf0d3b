package dev.mallard.generator.engine;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import dev.mallard.generator.NativeLibraries;
import dev.mallard.generator.checkpoint.ModelConfiguration;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The decoder program in libtorch, with its weights and its key-value cache. One batch at a time;
 * not thread-safe.
 *
 * <p>Use: {@link #start} a sequence, {@link #forward} its prompt, {@link #selectRows} to go on with
 * several candidates of it, {@link #forward} a token of each, and so on.
 */
final class Decoder implements AutoCloseable {
  private final PtNDManager manager;
  private final PtSymbolBlock program;
  private int position;
  private int capacity;

  /** Loads the program, which maps the weights. */
  Decoder(
      ModelConfiguration configuration,
      PackingPlan plan,
      Precision precision,
      PackedWeights weights) {
    NativeLibraries.prepare();
    this.manager = (PtNDManager) NDManager.newBaseManager("PyTorch");
    try {
      this.program =
          JniUtils.loadModule(
              manager, new ByteArrayInputStream(DecoderArchive.pack()), false, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    configure(configuration, precision);
    try (IValue path = IValue.from(weights.file().toString());
        IValue bytes = IValue.from(weights.header().length())) {
      IValueUtils.runMethod(program, "map", path, bytes).close();
    }
    for (List<PackingPlan.Item> layer : plan.layers()) {
      run("add_layer", places(weights, layer));
    }
    List<PackingPlan.Item> ends = new ArrayList<>(plan.ends());
    if (ends.size() == 2) {
      ends.add(ends.getFirst()); // the head is the embedding
    }
    run("set_ends", places(weights, ends));
  }

  private void configure(ModelConfiguration configuration, Precision precision) {
    float[] frequencies = RotaryFrequencies.of(configuration);
    try (NDManager scope = manager.newSubManager()) {
      IValueUtils.runMethod(
              program,
              "configure",
              IValue.from((long) configuration.heads()),
              IValue.from((long) configuration.keyValueHeads()),
              IValue.from((long) configuration.headSize()),
              IValue.from((long) configuration.hiddenSize()),
              IValue.from(configuration.normEpsilon()),
              IValue.from((long) precision.activationType()),
              IValue.from((PtNDArray) scope.create(frequencies)),
              IValue.from((long) configuration.contextLength()))
          .close();
    }
  }

  private static List<PackedWeights.Entry> places(
      PackedWeights weights, List<PackingPlan.Item> items) {
    List<PackedWeights.Entry> places = new ArrayList<>();
    PackedWeights.Entry nothing = new PackedWeights.Entry(PackedWeights.Type.FLOAT32, 1, 0, 0);
    for (PackingPlan.Item item : items) {
      places.add(weights.header().entry(item.name()));
      if (item.kind() == PackingPlan.Kind.MATRIX) {
        String scales = item.name() + WeightPacker.SCALES;
        places.add(weights.header().tensors().getOrDefault(scales, nothing));
      }
    }
    return places;
  }

  /** Forgets everything and makes room for one sequence of at most {@code length} positions. */
  void start(int length) {
    try (IValue rows = IValue.from(1L);
        IValue positions = IValue.from((long) length)) {
      IValueUtils.runMethod(program, "allocate", rows, positions).close();
    }
    position = 0;
    capacity = length;
  }

  /**
   * Goes on with {@code rows.length} sequences, of which the i-th so far was row {@code rows[i]} of
   * the last batch.
   */
  void selectRows(int... rows) {
    long[] indices = new long[rows.length];
    for (int i = 0; i < rows.length; i++) {
      indices[i] = rows[i];
    }
    try (NDManager scope = manager.newSubManager();
        IValue argument = IValue.from((PtNDArray) scope.create(indices))) {
      IValueUtils.runMethod(program, "select_rows", argument).close();
    }
  }

  /** Positions filled so far, in each sequence. */
  int position() {
    return position;
  }

  /**
   * Reads the next tokens of each sequence.
   *
   * @param tokens by sequence, equally many of each
   * @return what comes next
   */
  Logits forward(int[][] tokens) {
    int rows = tokens.length;
    int length = tokens[0].length;
    if (position + length > capacity) {
      throw new IllegalStateException(
          "the cache holds %d positions and %d more do not fit".formatted(capacity, length));
    }
    LongBuffer ids = LongBuffer.allocate(rows * length);
    for (int[] sequence : tokens) {
      for (int token : sequence) {
        ids.put(token);
      }
    }
    try (PtNDManager scope = (PtNDManager) manager.newSubManager();
        IValue input =
            IValue.from(scope.create(ids.flip(), new Shape(rows, length), DataType.INT64));
        IValue start = IValue.from((long) position);
        IValue output = IValueUtils.runMethod(program, "forward", input, start)) {
      PtNDArray[] results = output.toTensorArray(scope);
      position += length;
      return new Logits(
          FloatBuffer.wrap(results[0].toFloatArray()),
          (int) results[0].getShape().get(1),
          FloatBuffer.wrap(results[1].toFloatArray()));
    }
  }

  private void run(String method, List<PackedWeights.Entry> places) {
    long[] numbers =
        places.stream()
            .flatMapToLong(place ->
                LongStream.of(
                    place.type().number(),
                    place.offset() / place.type().bytes(),
                    place.rows(),
                    place.columns()))
            .toArray();
    try (IValue list = IValue.listFrom(numbers)) {
      IValueUtils.runMethod(program, method, list).close();
    }
  }

  @Override
  public void close() {
    program.close();
    manager.close();
  }
}
