package dev.mallard.generator.sql;

import java.util.List;

/**
 * Queries with one result.
 *
 * @param members in the order in which they were written; at least one
 */
public record SqlGroup(List<SqlCandidate> members) {
  public SqlGroup {
    members = List.copyOf(members);
    if (members.isEmpty()) {
      throw new IllegalArgumentException("a group has a member");
    }
  }

  /** How many queries agree. */
  public int votes() {
    return members.size();
  }

  /** The likeliest of them; of equally likely ones the earliest. */
  public SqlCandidate best() {
    return members.stream()
        .reduce((best, next) -> next.score() > best.score() ? next : best)
        .orElseThrow();
  }
}
