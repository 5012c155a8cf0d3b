package dev.mallard.benchmarks.spark;

import dev.mallard.generator.UserException;
import dev.mallard.generator.model.LanguageModel;
import dev.mallard.sandbox.Sandbox;
import dev.mallard.sandbox.command.CommandSandbox;
import dev.mallard.sandbox.pool.PoolOptions;
import dev.mallard.sandbox.pool.WorkerPool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A script for a model, and for a sandbox or the real one.
 *
 * @param folder gets a file for each process that has opened them, which is called by its number
 * @param weightsHash of the model; none if it is empty
 * @param delayMillis how long an answer takes
 * @param real whether programs run
 */
record ScriptedResources(String folder, String weightsHash, int delayMillis, boolean real)
    implements ExecutorResources {
  @Override
  public LanguageModel openModel() {
    if (weightsHash.isEmpty()) {
      throw new UserException("There is no model.");
    }
    try {
      Files.writeString(Path.of(folder, Long.toString(ProcessHandle.current().pid())), "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ScriptedModel(weightsHash, delayMillis);
  }

  @Override
  public Sandbox openSandbox() {
    return real ? pool() : new ScriptedSandbox();
  }

  private static Sandbox pool() {
    return new CommandSandbox(() -> WorkerPool.start(PoolOptions.DEFAULT.withWorkers(1)));
  }
}
