package dev.mallard.generator.engine;

import dev.mallard.generator.checkpoint.Checkpoint;
import dev.mallard.generator.model.Precision;
import java.util.List;

/** A decoder with room for one sequence, which is read from its beginning on. */
final class SingleSequence implements AutoCloseable {
  private final Decoder decoder;
  private final int capacity;
  private CachedSequence sequence;
  private int length;

  SingleSequence(Checkpoint checkpoint, Precision precision, WeightCache cache, int capacity) {
    this.decoder =
        new Decoder(
            checkpoint.configuration(),
            PackingPlan.of(checkpoint),
            new DecoderSettings(checkpoint.configuration(), precision, new Device.Cpu(), false),
            new Device.Cpu(),
            cache.open(checkpoint, precision, LoadListener.SILENT));
    this.capacity = capacity;
    decoder.allocate(capacity);
    sequence = new CachedSequence(new SlotPool(capacity).take(capacity).orElseThrow());
  }

  /** Forgets what was read. */
  void start() {
    length = 0;
    sequence = new CachedSequence(new SlotPool(capacity).take(capacity).orElseThrow());
  }

  /** Reads more tokens, and returns the logits after the last. */
  float[] read(int... tokens) {
    Reading reading = new Reading(sequence, length, tokens, 1, KeyValueCache.NO_ADAPTER);
    length += tokens.length;
    return decoder.forward(Batch.of(List.of(reading), 0, false), true).row(0);
  }

  @Override
  public void close() {
    decoder.close();
  }
}
