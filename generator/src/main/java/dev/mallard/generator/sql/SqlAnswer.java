package dev.mallard.generator.sql;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What came of a question.
 *
 * @param groups the queries that ran, by result, the winner first; empty if all failed
 * @param candidates all queries, in the order in which they were written
 * @param explanation what the model says of the query that has won; empty if it was not asked
 * @param madeUpRows rows that were made up for each table, as the database was empty; 0 if it was
 *     not
 * @param turns how many there were
 * @param tokens that the model wrote
 * @param elapsed wall-clock time
 */
public record SqlAnswer(
    List<SqlGroup> groups,
    List<SqlCandidate> candidates,
    Optional<Explanation> explanation,
    int madeUpRows,
    int turns,
    int tokens,
    Duration elapsed) {
  public SqlAnswer {
    groups = List.copyOf(groups);
    candidates = List.copyOf(candidates);
  }

  /** The query that has won; empty if all failed. */
  public Optional<SqlCandidate> chosen() {
    return groups.stream().findFirst().map(SqlGroup::best);
  }

  /** Whether there is a query to which the model does not object. */
  public boolean accepted() {
    return chosen().isPresent() && explanation.filter(Explanation::objects).isEmpty();
  }
}
