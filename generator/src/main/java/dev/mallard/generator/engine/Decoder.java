package dev.mallard.generator.engine;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
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
import dev.mallard.generator.UserException;
import dev.mallard.generator.checkpoint.ModelConfiguration;
import dev.mallard.generator.checkpoint.ModelConfiguration.Attention;
import dev.mallard.generator.checkpoint.ModelConfiguration.FeedForward.Experts;
import dev.mallard.generator.model.Precision;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The decoder program in libtorch, with its weights and its key-value cache. One thread makes its
 * steps; others may add adapters meanwhile.
 *
 * <p>Use: {@link #allocate} the cache, then {@link #forward} one {@link Batch} after the other.
 */
final class Decoder implements AutoCloseable {
  private final ModelConfiguration configuration;
  private final DecoderSettings settings;
  private final PtNDManager manager;
  private final PtSymbolBlock program;
  private final CompletableFuture<Void> packedHead;
  private final CompletableFuture<Void> packed;
  private volatile boolean closed;
  private int adapters;

  /** Loads the program, which maps the weights. */
  Decoder(
      ModelConfiguration configuration,
      PackingPlan plan,
      DecoderSettings settings,
      Device device,
      PackedWeights weights) {
    this.configuration = configuration;
    this.manager = manager(device);
    try {
      this.program =
          JniUtils.loadModule(
              manager, new ByteArrayInputStream(DecoderArchive.pack()), false, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.settings = settings;
    configure(device);
    try (IValue path = IValue.from(weights.file().toString());
        IValue bytes = IValue.from(weights.header().length())) {
      IValueUtils.runMethod(program, "map", path, bytes).close();
    }
    for (List<PackingPlan.Item> layer : plan.layers()) {
      run("add_layer", layer.stream().flatMap(item -> weights.places(item, true).stream()));
    }
    List<PackingPlan.Item> ends = plan.ends();
    PackingPlan.Item embedding = ends.getFirst();
    run(
        "set_ends",
        Stream.of(
                weights.places(embedding, false).stream(),
                ends.stream().skip(1).flatMap(item -> weights.places(item, true).stream()),
                // The head may be the embedding.
                configuration.tiedEmbeddings()
                    ? weights.places(embedding, true).stream()
                    : Stream.<PackedWeights.Place>empty())
            .flatMap(places -> places));
    long parts;
    try (IValue count = IValueUtils.runMethod(program, "unpacked_parts")) {
      parts = count.toLong();
    }
    // Nobody waits here: long prompts are read without what is packed, but for the head.
    long head = Math.max(0, parts - 1);
    packedHead = CompletableFuture.runAsync(() -> pack(LongStream.range(head, parts)));
    packed = packedHead.thenRunAsync(() -> pack(LongStream.range(0, head)));
  }

  /** Brings weights into the form that the kernel for few positions wants, all threads at it. */
  private void pack(LongStream numbers) {
    numbers
        .filter(_ -> !closed)
        .parallel()
        .forEach(number -> {
          try (IValue part = IValue.from(number)) {
            IValueUtils.runMethod(program, "pack_part", part).close();
          }
        });
  }

  /** Loads libtorch, the first time. */
  private static PtNDManager manager(Device device) {
    switch (device) {
      case Device.Cpu() -> NativeLibraries.prepare();
      case Device.Cuda(Gpu gpu) -> {
        NativeLibraries.prepareGpu();
        if (gpus() == 0) {
          throw new UserException(
              "libtorch cannot use the GPU (%s): see that its driver is for CUDA 12.8 or later, or that PYTORCH_LIBRARY_PATH names a libtorch for it, or say --device cpu."
                  .formatted(gpu.name()));
        }
      }
    }
    return (PtNDManager) NDManager.newBaseManager(ai.djl.Device.cpu(), "PyTorch");
  }

  private static int gpus() {
    try {
      return Engine.getEngine("PyTorch").getGpuCount();
    } catch (EngineException | IllegalStateException | AssertionError e) {
      throw new UserException(
          "libtorch for the GPU could not be loaded or fetched (%s): name a folder that has it in PYTORCH_LIBRARY_PATH, or say --device cpu."
              .formatted(e.getMessage()),
          e);
    }
  }

  private void configure(Device device) {
    float[] frequencies = RotaryFrequencies.of(configuration);
    try (NDManager scope = manager.newSubManager();
        IValue dimensions = IValue.listFrom(settings.dimensions());
        IValue factors = IValue.listFrom(settings.factors());
        IValue types = IValue.listFrom(settings.types());
        IValue kernels = IValue.listFrom(settings.kernels());
        IValue name = IValue.from(device.label())) {
      IValueUtils.runMethod(
              program,
              "configure",
              dimensions,
              factors,
              types,
              kernels,
              IValue.from((PtNDArray) scope.create(frequencies)),
              name)
          .close();
    }
  }

  /** Makes a cache of so many slots, besides slot 0. */
  void allocate(int slots) {
    try (IValue count = IValue.from(slots + 1L)) {
      IValueUtils.runMethod(program, "allocate", count).close();
    }
  }

  /** Memory that one slot takes in bytes. */
  static long bytesPerSlot(ModelConfiguration configuration, Precision precision) {
    Attention attention = configuration.attention();
    long element = precision == Precision.FLOAT32 ? Float.BYTES : Short.BYTES;
    return 2L * configuration.layers() * attention.keyValueHeads() * attention.headSize() * element;
  }

  /**
   * What slots hold, which fits {@link #bytesPerSlot} for each of them in the cache's own type.
   *
   * @return {@code [layers, 2, slots, key and value heads, head size]}
   */
  float[] readSlots(int[] slots) {
    try (PtNDManager scope = (PtNDManager) manager.newSubManager();
        IValue indices = vector(scope, Arrays.stream(slots).asLongStream().toArray());
        IValue output = IValueUtils.runMethod(program, "read_slots", indices)) {
      return output.toTensor(scope).toFloatArray();
    }
  }

  /** Fills slots with what {@link #readSlots} gave for as many. */
  void writeSlots(int[] slots, float[] content) {
    long rest = content.length / (2L * configuration.layers() * slots.length);
    try (PtNDManager scope = (PtNDManager) manager.newSubManager();
        IValue indices = vector(scope, Arrays.stream(slots).asLongStream().toArray());
        IValue values =
            IValue.from(
                scope.create(
                    FloatBuffer.wrap(content),
                    new Shape(configuration.layers(), 2, slots.length, rest),
                    DataType.FLOAT32))) {
      IValueUtils.runMethod(program, "write_slots", indices, values).close();
    }
  }

  /**
   * Adds an adapter, whose number is the count of those before it.
   *
   * @param factors for each layer, for each of the four matrices of a layer, the two factors; empty
   *     where it adds nothing
   */
  synchronized int addAdapter(List<AdapterFactors.Factor> factors) {
    try (PtNDManager scope = (PtNDManager) manager.newSubManager()) {
      PtNDArray[] tensors =
          factors.stream()
              .map(factor ->
                  scope.create(
                      FloatBuffer.wrap(factor.values()),
                      factor.values().length == 0
                          ? new Shape(0)
                          : new Shape(factor.rows(), factor.columns()),
                      DataType.FLOAT32))
              .toArray(PtNDArray[]::new);
      try (IValue list = IValue.listFrom(tensors)) {
        IValueUtils.runMethod(program, "add_adapter", list).close();
      }
    }
    return adapters++;
  }

  synchronized int adapters() {
    return adapters;
  }

  /**
   * Makes a step.
   *
   * @param scores whether the logits are wanted, and not only the likeliest tokens
   * @return what comes next at each wanted position
   */
  synchronized Logits forward(Batch batch, boolean scores) {
    // An expert may get few of the positions.
    boolean wide =
        settings.isWide(batch.tokens().length) && !(configuration.feedForward() instanceof Experts);
    (wide ? packedHead : packed).join();
    try (PtNDManager scope = (PtNDManager) manager.newSubManager();
        IValue tokens = vector(scope, batch.tokens());
        IValue positions = vector(scope, batch.positions());
        IValue slots = vector(scope, batch.slots());
        IValue groups = IValue.listFrom(batch.groups());
        IValue indices = vector(scope, batch.indices());
        IValue lengths = vector(scope, batch.lengths());
        IValue outputs = vector(scope, batch.outputs());
        IValue adapted =
            IValue.listFrom(
                batch.adapted().stream()
                    .map(rows -> (PtNDArray) scope.create(rows))
                    .toArray(PtNDArray[]::new));
        IValue shown = IValue.from(scores ? 1L : 0L);
        IValue output =
            IValueUtils.runMethod(
                program, "forward", tokens, positions, slots, groups, indices, lengths, outputs,
                adapted, shown)) {
      PtNDArray[] results = output.toTensorArray(scope);
      return new Logits(
          FloatBuffer.wrap(scores ? results[0].toFloatArray() : new float[0]),
          (int) results[0].getShape().get(1),
          results[1].toFloatArray(),
          results[2].toLongArray(),
          results[3].toFloatArray());
    }
  }

  /** How fast the device reads memory, in bytes a second: the best of some sums over much of it. */
  double memoryBandwidth() {
    long bytes = 512L << 20;
    double best = 0;
    readMemory(bytes, 1);
    for (int round = 0; round < 3; round++) {
      double once = readMemory(bytes, 1);
      double often = readMemory(bytes, 5);
      best = Math.max(best, 4 * bytes / Math.max(1e-9, often - once));
    }
    return best;
  }

  private double readMemory(long bytes, long times) {
    long start = System.nanoTime();
    try (IValue size = IValue.from(bytes);
        IValue count = IValue.from(times)) {
      IValueUtils.runMethod(program, "read_memory", size, count).close();
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static IValue vector(NDManager scope, long[] values) {
    return IValue.from((PtNDArray) scope.create(values, new Shape(values.length)));
  }

  private void run(String method, Stream<PackedWeights.Place> places) {
    long[] numbers =
        places
            .flatMapToLong(
                place -> LongStream.of(place.type(), place.first(), place.rows(), place.columns()))
            .toArray();
    try (IValue list = IValue.listFrom(numbers)) {
      IValueUtils.runMethod(program, method, list).close();
    }
  }

  @Override
  public void close() {
    closed = true;
    packed.exceptionally(_ -> null).join();
    program.close();
    manager.close();
  }
}
