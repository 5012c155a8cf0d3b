package dev.mallard.benchmarks.experiment;

import dev.mallard.benchmarks.cluster.ModelSource;
import dev.mallard.benchmarks.dataset.DataSets;
import dev.mallard.benchmarks.dataset.Task;
import dev.mallard.generator.model.LanguageModel;
import dev.mallard.generator.problem.Problem;
import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.Sandbox;
import dev.mallard.sandbox.TestSuite;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Models and problems of experiments. */
public final class Experiments {
  private Experiments() {}

  /**
   * Opens a model as the command line does.
   *
   * @param name its name or path
   * @param cache where models are kept
   */
  public static LanguageModel open(String name, Path cache) throws InterruptedException {
    return new ModelSource(
            Optional.of(name),
            Optional.empty(),
            "auto",
            Optional.empty(),
            0,
            0,
            Optional.empty(),
            false)
        .open(System.getenv(), cache);
  }

  /** Whether a program for a problem passes tests. */
  public static boolean passes(Sandbox sandbox, Problem problem, String program, TestSuite tests)
      throws InterruptedException {
    return sandbox
        .run(new Execution(problem.language().guestLanguage(), program, tests, Limits.DEFAULT))
        .verdict()
        .passed();
  }

  /**
   * The tasks of a data set that are of one kind.
   *
   * @param data the data set's file, or a folder that holds it
   */
  public static <T extends Task> List<T> tasks(String dataSet, Path data, Class<T> kind) {
    return new DataSets(List.of())
        .named(dataSet).tasks(Optional.of(data), Optional.empty()).stream()
            .filter(kind::isInstance)
            .map(kind::cast)
            .toList();
  }

  /** So many of them, spread evenly. */
  public static <T> List<T> some(List<T> all, int most) {
    int number = Math.min(most, all.size());
    return IntStream.range(0, number)
        .mapToObj(index -> all.get((int) ((long) index * all.size() / number)))
        .toList();
  }

  /** Runs tasks, so many at once; their results are in their order. */
  public static <T> List<T> run(List<Callable<T>> tasks, int atOnce) throws Exception {
    List<T> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(atOnce)) {
      List<Future<T>> running = new ArrayList<>();
      for (Callable<T> task : tasks) {
        running.add(threads.submit(task));
      }
      for (Future<T> result : running) {
        results.add(result.get());
      }
    }
    return results;
  }
}
