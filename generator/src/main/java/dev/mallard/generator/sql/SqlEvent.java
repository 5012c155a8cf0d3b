package dev.mallard.generator.sql;

import java.util.List;

/**
 * What happens while a question is being answered. The order is {@link Started}; for each turn
 * {@link TurnStarted}, {@link TextGenerated} as the model writes, {@link QueryRun} for each query,
 * {@link Voted}, and {@link Explained} if there is something to explain; then {@link Answered}.
 */
public sealed interface SqlEvent {
  /**
   * The search begins.
   *
   * @param model what the model says of itself
   * @param madeUpRows rows that were made up for each table, as the database is empty; 0 if it is
   *     not
   */
  record Started(SqlQuestion question, String model, SqlSettings settings, int madeUpRows)
      implements SqlEvent {}

  /**
   * A turn begins: the model is about to write queries.
   *
   * @param feedback what it is told of the query that it repairs; empty if there is none
   */
  record TurnStarted(int turn, String feedback, int candidates, double temperature)
      implements SqlEvent {}

  /** The model wrote more of a query, counted from 0. */
  record TextGenerated(int turn, int candidate, String text) implements SqlEvent {}

  /** A query was run. */
  record QueryRun(SqlCandidate candidate) implements SqlEvent {}

  /**
   * All queries so far have voted.
   *
   * @param groups those that agree, the winner first
   * @param failed how many have no vote
   */
  record Voted(int turn, List<SqlGroup> groups, int failed) implements SqlEvent {}

  /** The model has explained the query that has won. */
  record Explained(int turn, SqlCandidate candidate, Explanation explanation) implements SqlEvent {}

  /** The search is over. */
  record Answered(SqlAnswer answer) implements SqlEvent {}
}
