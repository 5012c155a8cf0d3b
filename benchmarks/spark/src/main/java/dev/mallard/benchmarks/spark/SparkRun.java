package dev.mallard.benchmarks.spark;

import dev.mallard.benchmarks.cluster.TaskCodec;
import dev.mallard.benchmarks.dataset.Task;
import dev.mallard.benchmarks.evaluation.RunConfig;
import dev.mallard.benchmarks.evaluation.RunJson;
import dev.mallard.benchmarks.evaluation.RunWriter;
import dev.mallard.benchmarks.evaluation.TaskResult;
import dev.mallard.generator.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.Seq;
import scala.concurrent.Await;
import scala.concurrent.duration.Duration;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.BoxedUnit;

/**
 * Solves the tasks of a run that have no result yet on the executors of a Spark cluster. A task is
 * a partition, so that Spark gives it to another executor when the first is lost; its result is
 * written to the run's folder as it comes, once, so that a driver that was ended goes on.
 */
public final class SparkRun {
  private final JavaSparkContext context;
  private final ExecutorResources resources;

  /**
   * Prepares it.
   *
   * @param context of an application that does this run alone; is not closed
   * @param resources what each executor opens
   */
  public SparkRun(JavaSparkContext context, ExecutorResources resources) {
    this.context = context;
    this.resources = resources;
  }

  /**
   * Asks one executor what its model is; it is open then.
   *
   * @throws UserException if the executor has none
   * @throws InterruptedException if the calling thread is interrupted
   */
  public ModelFacts describe() throws InterruptedException {
    AtomicReference<@Nullable ModelFacts> facts = new AtomicReference<>();
    submit(
        List.of(""),
        new ExecutorWork.Describe(resources),
        output -> {
          switch (output) {
            case TaskOutput.Described described -> facts.set(described.facts());
            case TaskOutput.Refused refused -> throw new UserException(refused.message());
            case TaskOutput.Solved _ -> throw new IllegalStateException();
          }
        });
    ModelFacts found = facts.get();
    if (found == null) {
      throw new IllegalStateException("no executor has described its model");
    }
    return found;
  }

  /**
   * Runs it to the end.
   *
   * @param writer of the run's folder
   * @param progress told of each new result, one at a time
   * @throws UserException if a machine has another model than the configuration says, or none
   * @throws IllegalStateException if a task broke off several times, or the cluster was lost: the
   *     results so far are there
   * @throws InterruptedException if the calling thread is interrupted: likewise
   */
  public void run(
      RunConfig config, List<Task> tasks, RunWriter writer, Consumer<TaskResult> progress)
      throws InterruptedException {
    List<String> left =
        tasks.stream().filter(task -> !writer.has(task.id())).map(TaskCodec::encode).toList();
    if (left.isEmpty()) {
      return;
    }
    submit(
        left,
        new ExecutorWork.Solve(resources, config),
        output -> {
          switch (output) {
            case TaskOutput.Solved solved -> write(solved, writer, progress);
            case TaskOutput.Refused refused -> throw new UserException(refused.message());
            case TaskOutput.Described _ -> throw new IllegalStateException();
          }
        });
  }

  private static void write(
      TaskOutput.Solved solved, RunWriter writer, Consumer<TaskResult> progress) {
    TaskResult result = RunJson.MAPPER.readValue(solved.result(), TaskResult.class);
    if (writer.has(result.id())) {
      return;
    }
    if (!solved.transcript().isEmpty()) {
      try {
        Files.writeString(
            writer.transcripts().resolve(RunJson.transcriptName(result.id())), solved.transcript());
      } catch (IOException e) {
        throw new UncheckedIOException(
            "%s cannot be written: %s".formatted(writer.transcripts(), e.getMessage()), e);
      }
    }
    writer.add(result);
    progress.accept(result);
  }

  /**
   * Has executors work on items, each a partition of its own.
   *
   * @param handler gets what came of each, one at a time, and none after this has returned; what it
   *     throws ends the job
   */
  private void submit(List<String> items, ExecutorWork work, Consumer<TaskOutput> handler)
      throws InterruptedException {
    Seq<Object> partitions =
        CollectionConverters.asScala(
                IntStream.range(0, items.size()).<Object>mapToObj(Integer::valueOf).toList())
            .toSeq();
    Gate gate = new Gate(handler);
    // A task that is no longer wanted stops at once, and not after its last program.
    context.sc().setInterruptOnCancel(true);
    SimpleFutureAction<BoxedUnit> job =
        context
            .sc()
            .submitJob(
                context.parallelize(items, items.size()).rdd(),
                work,
                partitions,
                (partition, output) -> {
                  gate.accept(output);
                  return BoxedUnit.UNIT;
                },
                () -> BoxedUnit.UNIT);
    boolean done = false;
    try {
      Await.result(job, Duration.Inf());
      done = true;
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw forCaller(e);
    } finally {
      gate.close();
      if (!done) {
        job.cancel();
      }
    }
  }

  private static RuntimeException forCaller(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UserException || cause instanceof UncheckedIOException) {
        return (RuntimeException) cause;
      }
    }
    return new IllegalStateException("the job was broken off", failure);
  }

  /** Lets results through until it is closed, or one of them was wrong. */
  private static final class Gate {
    private final Consumer<TaskOutput> handler;
    private boolean open = true;

    Gate(Consumer<TaskOutput> handler) {
      this.handler = handler;
    }

    synchronized void accept(TaskOutput output) {
      if (open) {
        open = false;
        handler.accept(output);
        open = true;
      }
    }

    synchronized void close() {
      open = false;
    }
  }
}
