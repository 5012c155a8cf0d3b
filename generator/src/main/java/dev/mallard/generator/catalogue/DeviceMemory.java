package dev.mallard.generator.catalogue;

import com.sun.management.OperatingSystemMXBean;
import dev.mallard.generator.model.Precision;
import java.lang.management.ManagementFactory;

/**
 * What a model has to fit into.
 *
 * @param bytes memory of the device, all of it
 * @param precision how weights are held there
 */
public record DeviceMemory(long bytes, Precision precision) {
  private static final double USABLE = 0.75;

  /** This machine's main memory, or what the container leaves of it, with weights in int8. */
  public static DeviceMemory ofProcessor() {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new DeviceMemory(system.getTotalMemorySize(), Precision.INT8);
  }

  /**
   * Whether a model runs here: it may take three quarters of the memory, for the rest is the
   * sandbox's, the editor's and the system's.
   */
  public boolean fits(CatalogueModel model) {
    return precision.memoryFor(model.parameters()) <= bytes * USABLE;
  }
}
