package dev.mallard.generator.engine;

import dev.mallard.generator.checkpoint.Checkpoint;
import dev.mallard.generator.checkpoint.ModelConfiguration;
import java.util.List;
import java.util.Set;

/** Another checkpoint, with other weights. */
abstract class DelegatingCheckpoint implements Checkpoint {
  private final Checkpoint exact;

  DelegatingCheckpoint(Checkpoint exact) {
    this.exact = exact;
  }

  final Checkpoint exact() {
    return exact;
  }

  @Override
  public ModelConfiguration configuration() {
    return exact.configuration();
  }

  @Override
  public Set<String> tensorNames() {
    return exact.tensorNames();
  }

  @Override
  public List<Integer> shape(String tensor) {
    return exact.shape(tensor);
  }

  @Override
  public void close() {}
}
