package dev.mallard.sandbox.worker;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryNotificationInfo;
import java.lang.management.MemoryPoolMXBean;
import javax.management.NotificationEmitter;

/**
 * Ends the process once its heap is full of live objects.
 *
 * <p>The JVM by itself goes on as long as a collection of the whole heap frees a few bytes: half a
 * second for each, dozens of times, before {@code -XX:+ExitOnOutOfMemoryError} has its effect.
 */
public final class HeapGuard {
  /** The exit code of a JVM that {@code -XX:+ExitOnOutOfMemoryError} ends. */
  public static final int EXIT_CODE = 3;

  /** Share of the old generation that is in use after it was collected. */
  private static final double FULL = 0.98;

  private HeapGuard() {}

  static void install() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    if (!(memory instanceof NotificationEmitter emitter)) {
      throw new IllegalStateException("This JVM does not say when its heap is full");
    }
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.isUsageThresholdSupported() && pool.isCollectionUsageThresholdSupported()) {
        pool.setCollectionUsageThreshold((long) (FULL * pool.getUsage().getMax()));
      }
    }
    emitter.addNotificationListener(
        (notification, handback) -> Runtime.getRuntime().halt(EXIT_CODE),
        notification ->
            notification
                .getType()
                .equals(MemoryNotificationInfo.MEMORY_COLLECTION_THRESHOLD_EXCEEDED),
        null);
  }
}
