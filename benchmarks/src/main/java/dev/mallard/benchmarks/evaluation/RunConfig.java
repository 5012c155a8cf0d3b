package dev.mallard.benchmarks.evaluation;

import java.util.List;
import java.util.Optional;

/**
 * All that decides the results of a run; {@code config.json}.
 *
 * @param version of the format of the run's folder
 * @param mallard version of Mallard
 * @param dataSet name of the data set
 * @param dataHash SHA-256 of its tasks
 * @param ids the tasks that were asked for, in order
 * @param model the model's description
 * @param modelHash of its weights; empty for a remote model
 * @param endpoint of a remote model
 * @param samples programs of a turn
 * @param repairs programs that a turn repairs
 * @param maxTurns turns of a task; 1 for sampling alone
 * @param maxTokens longest answer in tokens
 * @param temperature of sampling
 * @param seed of all randomness
 * @param feedback kinds of feedback, by their labels; empty if there is only one turn
 * @param grammar what the language's grammar is used for
 * @param timeoutSeconds of a program
 * @param memoryMebibytes of a program
 * @param shard which of how many equal parts, such as {@code 2/4}; {@code 1/1} for all
 */
public record RunConfig(
    int version,
    String mallard,
    String dataSet,
    String dataHash,
    List<String> ids,
    String model,
    Optional<String> modelHash,
    Optional<String> endpoint,
    int samples,
    int repairs,
    int maxTurns,
    int maxTokens,
    double temperature,
    long seed,
    List<String> feedback,
    String grammar,
    double timeoutSeconds,
    long memoryMebibytes,
    String shard) {
  /** Of the format of folders that this code writes. */
  public static final int VERSION = 1;

  public RunConfig {
    ids = List.copyOf(ids);
    feedback = List.copyOf(feedback);
  }
}
