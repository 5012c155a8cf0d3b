package dev.mallard.benchmarks.evaluation;

import java.util.HashSet;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Shares the energy that a device takes among the tasks that are being solved: what is taken
 * between two readings of its power is divided equally among those that run. May be used by several
 * threads.
 */
public final class EnergyMeter {
  private final Set<Share> running = new HashSet<>();
  private boolean read;

  /** A task's part. */
  public final class Share implements AutoCloseable {
    private double joules;

    /** What it has taken so far; empty if the device does not tell. */
    public OptionalDouble joules() {
      synchronized (EnergyMeter.this) {
        return read ? OptionalDouble.of(joules) : OptionalDouble.empty();
      }
    }

    @Override
    public void close() {
      synchronized (EnergyMeter.this) {
        running.remove(this);
      }
    }
  }

  /** A task begins. */
  public synchronized Share begin() {
    Share share = new Share();
    running.add(share);
    return share;
  }

  /**
   * Takes a reading.
   *
   * @param watts the power since the last one
   * @param seconds the time since then
   */
  public synchronized void read(double watts, double seconds) {
    read = true;
    for (Share share : running) {
      share.joules += watts * seconds / running.size();
    }
  }
}
