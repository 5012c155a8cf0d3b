package dev.mallard.benchmarks.spark;

import dev.mallard.generator.model.LanguageModel;
import dev.mallard.sandbox.Sandbox;
import java.io.Serializable;
import java.util.OptionalInt;

/**
 * Opens what an executor needs to solve tasks. It travels to the executors; each of them opens what
 * equal ones give once, when its first task comes, and closes it when the executor ends.
 */
public interface ExecutorResources extends Serializable {
  /**
   * Opens the model.
   *
   * @throws dev.mallard.generator.UserException if there is no such model, or it cannot be had
   * @throws InterruptedException if the calling thread is interrupted
   */
  LanguageModel openModel() throws InterruptedException;

  /** Starts a sandbox. */
  Sandbox openSandbox();

  /** The number of the GPU whose energy is measured; empty if none is. */
  default OptionalInt gpu() {
    return OptionalInt.empty();
  }
}
