package dev.mallard.generator.sql;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The vote of all queries on what the result is: those that agree are a group, and the largest
 * group wins (Chen et al., arXiv 2304.05128; Shi et al., arXiv 2204.11454). Queries that fail have
 * no vote.
 */
final class Vote {
  /** Whether two queries that ran have the same result. */
  interface Agreement {
    boolean test(SqlCandidate one, SqlCandidate other) throws InterruptedException;
  }

  private final Agreement agreement;
  private final List<List<SqlCandidate>> groups = new ArrayList<>();

  Vote(Agreement agreement) {
    this.agreement = agreement;
  }

  /** Counts a query. */
  void add(SqlCandidate candidate) throws InterruptedException {
    if (!candidate.ran()) {
      return;
    }
    for (List<SqlCandidate> group : groups) {
      if (isIn(group, candidate)) {
        group.add(candidate);
        return;
      }
    }
    groups.add(new ArrayList<>(List.of(candidate)));
  }

  private boolean isIn(List<SqlCandidate> group, SqlCandidate candidate)
      throws InterruptedException {
    for (SqlCandidate member : group) {
      if (member.query().equals(candidate.query())) {
        return true;
      }
    }
    return agreement.test(group.getFirst(), candidate);
  }

  /** All groups, the winner first: by votes, then by the likeliest query, then by age. */
  List<SqlGroup> groups() {
    return groups.stream()
        .map(SqlGroup::new)
        .sorted(
            Comparator.comparingInt(SqlGroup::votes)
                .thenComparingDouble(group -> group.best().score())
                .reversed())
        .toList();
  }

  /** The query that has won. */
  Optional<SqlCandidate> winner() {
    return groups().stream().findFirst().map(SqlGroup::best);
  }
}
