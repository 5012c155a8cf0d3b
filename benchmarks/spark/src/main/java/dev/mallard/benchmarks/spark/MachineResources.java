package dev.mallard.benchmarks.spark;

import dev.mallard.benchmarks.cluster.ModelSource;
import dev.mallard.benchmarks.evaluation.RunJson;
import dev.mallard.generator.CacheDirectory;
import dev.mallard.generator.NativeLibraries;
import dev.mallard.generator.model.LanguageModel;
import dev.mallard.sandbox.Sandbox;
import dev.mallard.sandbox.command.CommandSandbox;
import dev.mallard.sandbox.pool.PoolOptions;
import dev.mallard.sandbox.pool.WorkerPool;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * The model and the sandbox as the command line has them, in the cache of the executor's machine.
 *
 * @param model a {@link ModelSource} as JSON, in which it travels
 */
record MachineResources(String model) implements ExecutorResources {
  static MachineResources of(ModelSource model) {
    return new MachineResources(RunJson.MAPPER.writeValueAsString(model));
  }

  @Override
  public LanguageModel openModel() throws InterruptedException {
    NativeLibraries.prepare();
    return source().open(System.getenv(), cache());
  }

  @Override
  public Sandbox openSandbox() {
    return new CommandSandbox(() -> WorkerPool.start(PoolOptions.DEFAULT.withCache(cache())));
  }

  @Override
  public OptionalInt gpu() {
    return source().gpu();
  }

  private ModelSource source() {
    return RunJson.MAPPER.readValue(model, ModelSource.class);
  }

  private static Path cache() {
    return CacheDirectory.locate(System.getenv());
  }
}
