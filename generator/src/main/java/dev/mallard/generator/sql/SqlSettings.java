package dev.mallard.generator.sql;

import dev.mallard.sandbox.Limits;

/**
 * How long and how widely to search for a query.
 *
 * @param samples queries that are generated in each turn, in one batch; at least 1
 * @param maxTurns turns before the vote is final, the first included; at least 1
 * @param maxTokens longest query, and longest explanation, in tokens; at least 1
 * @param temperature of the queries; a single one in the first turn is greedy
 * @param seed of all randomness
 * @param limits what a query and its database may use
 * @param constrained whether queries are held to SQLite's grammar
 * @param explained whether the model explains the query that is chosen, and may object to it;
 *     without that there is one turn
 */
public record SqlSettings(
    int samples,
    int maxTurns,
    int maxTokens,
    double temperature,
    long seed,
    Limits limits,
    boolean constrained,
    boolean explained) {
  public static final SqlSettings DEFAULT =
      new SqlSettings(8, 3, 256, 0.8, 0, Limits.DEFAULT, true, true);

  public SqlSettings {
    if (samples < 1 || maxTurns < 1 || maxTokens < 1) {
      throw new IllegalArgumentException("samples, maxTurns and maxTokens must be at least 1");
    }
    if (!(temperature >= 0 && temperature <= 2)) {
      throw new IllegalArgumentException("temperature must be from 0 to 2: " + temperature);
    }
  }
}
