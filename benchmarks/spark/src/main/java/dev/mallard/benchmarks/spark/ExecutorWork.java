package dev.mallard.benchmarks.spark;

import dev.mallard.benchmarks.cluster.TaskCodec;
import dev.mallard.benchmarks.evaluation.RunConfig;
import dev.mallard.benchmarks.evaluation.RunJson;
import dev.mallard.generator.UserException;
import dev.mallard.sandbox.UnconfinedException;
import java.io.Serializable;
import org.apache.spark.TaskKilledException;
import org.apache.spark.util.Utils;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/** What an executor does with a partition, which is one task as text. */
abstract class ExecutorWork extends AbstractFunction1<Iterator<String>, TaskOutput>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ExecutorResources resources;

  private ExecutorWork(ExecutorResources resources) {
    this.resources = resources;
  }

  abstract TaskOutput work(ExecutorNode node, String text) throws InterruptedException;

  @Override
  public TaskOutput apply(Iterator<String> partition) {
    try {
      return work(ExecutorNode.of(resources), partition.next());
    } catch (UserException | UnconfinedException e) {
      return new TaskOutput.Refused(
          "An executor on %s cannot take part. %s".formatted(machine(), e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TaskKilledException("interrupted");
    }
  }

  static String machine() {
    return Utils.localHostName();
  }

  /** Says what the executor's model is. */
  static final class Describe extends ExecutorWork {
    private static final long serialVersionUID = 1L;

    Describe(ExecutorResources resources) {
      super(resources);
    }

    @Override
    TaskOutput work(ExecutorNode node, String text) {
      return new TaskOutput.Described(node.facts());
    }
  }

  /** Solves the task, if the model is the run's. */
  static final class Solve extends ExecutorWork {
    private static final long serialVersionUID = 1L;

    private final String config;

    Solve(ExecutorResources resources, RunConfig config) {
      super(resources);
      this.config = RunJson.MAPPER.writeValueAsString(config);
    }

    @Override
    TaskOutput work(ExecutorNode node, String text) throws InterruptedException {
      RunConfig run = RunJson.MAPPER.readValue(config, RunConfig.class);
      String hash = node.facts().weightsHash();
      if (run.modelHash().isPresent() && !run.modelHash().get().equals(hash)) {
        return new TaskOutput.Refused(
            "The model on %s has other weights (%s) than that of the run (%s): give all machines the same model, or begin another run with another --out."
                .formatted(machine(), hash.isEmpty() ? "unknown" : hash, run.modelHash().get()));
      }
      return node.solve(TaskCodec.decode(text), run);
    }
  }
}
