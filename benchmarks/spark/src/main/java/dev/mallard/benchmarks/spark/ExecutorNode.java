package dev.mallard.benchmarks.spark;

import dev.mallard.benchmarks.dataset.Task;
import dev.mallard.benchmarks.evaluation.EnergyMeter;
import dev.mallard.benchmarks.evaluation.Evaluator;
import dev.mallard.benchmarks.evaluation.GpuPower;
import dev.mallard.benchmarks.evaluation.RunConfig;
import dev.mallard.benchmarks.evaluation.RunJson;
import dev.mallard.benchmarks.evaluation.TaskResult;
import dev.mallard.benchmarks.evaluation.TaskSolver;
import dev.mallard.generator.model.LanguageModel;
import dev.mallard.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an executor has: one model and one sandbox for all of its tasks, which run at the same time
 * and share the model's batches.
 */
final class ExecutorNode {
  private static final Logger LOG = LoggerFactory.getLogger(ExecutorNode.class);
  private static final Map<ExecutorResources, ExecutorNode> NODES = new HashMap<>();

  /** What the process closes when it ends, without waiting for a model that is being opened. */
  private static final Queue<ExecutorNode> OPEN = new ConcurrentLinkedQueue<>();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(ExecutorNode::closeAll, "close-model"));
  }

  private final LanguageModel model;
  private final Sandbox sandbox;
  private final EnergyMeter energy = new EnergyMeter();
  private final Optional<GpuPower> power;

  private ExecutorNode(LanguageModel model, Sandbox sandbox, OptionalInt gpu) {
    this.model = model;
    this.sandbox = sandbox;
    power = gpu.isPresent() ? Optional.of(GpuPower.of(gpu.getAsInt(), energy)) : Optional.empty();
  }

  /** That of this process, which is opened by the first of its tasks while the others wait. */
  static ExecutorNode of(ExecutorResources resources) throws InterruptedException {
    synchronized (NODES) {
      ExecutorNode node = NODES.get(resources);
      if (node == null) {
        node = open(resources);
        NODES.put(resources, node);
        OPEN.add(node);
      }
      return node;
    }
  }

  private static ExecutorNode open(ExecutorResources resources) throws InterruptedException {
    LanguageModel model = resources.openModel();
    try {
      ExecutorNode node = new ExecutorNode(model, resources.openSandbox(), resources.gpu());
      LOG.info("opened {}", model.description());
      return node;
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  ModelFacts facts() {
    return new ModelFacts(model.description(), model.weightsHash());
  }

  /** Solves a task. */
  TaskOutput.Solved solve(Task task, RunConfig config) throws InterruptedException {
    try {
      Path folder = Files.createTempDirectory("mallard-transcript");
      Path file = folder.resolve(RunJson.transcriptName(task.id()));
      try (EnergyMeter.Share share = energy.begin()) {
        TaskSolver solver = new Evaluator(model, sandbox, config, folder);
        TaskResult result = TaskSolver.withJoules(solver.solve(task), share.joules());
        Optional<String> transcript =
            Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        return new TaskOutput.Solved(RunJson.line(result), transcript.orElse(""));
      } finally {
        Files.deleteIfExists(file);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void closeAll() {
    for (ExecutorNode node = OPEN.poll(); node != null; node = OPEN.poll()) {
      node.power.ifPresent(GpuPower::close);
      // First what has processes of its own.
      node.sandbox.close();
      node.model.close();
    }
  }
}
