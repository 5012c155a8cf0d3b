package dev.mallard.generator.engine;

import com.sun.management.OperatingSystemMXBean;
import dev.mallard.generator.UserException;
import dev.mallard.generator.checkpoint.ModelConfiguration;
import dev.mallard.generator.model.Precision;
import java.lang.management.ManagementFactory;
import java.util.List;

/** How a model is fitted into a device's memory: its precision, and the size of its cache. */
final class DeviceFit {
  /** Of a machine's memory; the rest is the sandbox's, the editor's and the system's. */
  private static final double USABLE_OF_MACHINE = 0.75;

  private static final double USABLE_OF_GPU = 0.9;
  private static final long LEAST_CACHE = 256L << 20;
  private static final long MOST_CACHE = 8L << 30;
  private static final int MOST_WHOLE_CONTEXTS = 64;
  private static final int LEAST_POSITIONS = 64;

  private DeviceFit() {}

  /** Memory for a model in bytes. */
  static long usableMemory(Device device) {
    return switch (device) {
      case Device.Cpu() -> {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        yield (long) (system.getTotalMemorySize() * USABLE_OF_MACHINE);
      }
      case Device.Cuda(Gpu gpu) -> (long) (gpu.memory() * USABLE_OF_GPU);
    };
  }

  /**
   * The best precision that the memory has room for; where it has none, the smallest.
   *
   * <p>On processors int8 is the best: bfloat16 takes twice the time for nothing that was seen in
   * its answers.
   */
  static Precision precision(ModelConfiguration configuration, Device device) {
    long memory = usableMemory(device);
    List<Precision> best =
        device instanceof Device.Cpu
            ? List.of(Precision.INT8)
            : List.of(Precision.BF16, Precision.INT8);
    return best.stream()
        .filter(precision -> precision.memoryFor(configuration.parameters()) <= memory)
        .findFirst()
        .orElse(Precision.INT4);
  }

  /**
   * How many positions the cache has room for: as many as the options' memory has, or as half of
   * what the weights leave of the device's.
   *
   * @param weights their bytes
   * @throws UserException if the memory that the options name is too little to be of use
   */
  static int positions(
      ModelConfiguration configuration,
      Precision precision,
      LocalModelOptions options,
      long weights) {
    long each = Decoder.bytesPerSlot(configuration, precision);
    long bytes = options.cacheMemory();
    if (bytes == 0) {
      bytes = Math.clamp((usableMemory(options.device()) - weights) / 2, LEAST_CACHE, MOST_CACHE);
    }
    long positions =
        Math.min(bytes / each, (long) MOST_WHOLE_CONTEXTS * configuration.contextLength());
    if (positions < LEAST_POSITIONS) {
      throw new UserException(
          "A key-value cache of %d MiB has room for %d tokens of this model, which is too few: give --cache-memory at least %dM."
              .formatted(bytes >> 20, positions, ((LEAST_POSITIONS * each) >> 20) + 1));
    }
    return Math.toIntExact(Math.min(positions, Integer.MAX_VALUE / 2));
  }
}
