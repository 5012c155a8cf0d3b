package dev.mallard.generator.loop;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which programs are the best so far: those that pass more visible tests; of those, any that do not
 * give the same result whatever they are given; of those, on whose results on generated inputs more
 * programs agree; of those, the more probable by the model, per token; of those, the earlier.
 */
final class Ranking {
  private Agreement agreement;
  private final List<Attempt> attempts = new ArrayList<>();

  private final Map<Attempt, Boolean> constant = new HashMap<>();

  /** Those of the most merit, in the order of this ranking. */
  private List<Attempt> leaders = List.of();

  Ranking(Agreement agreement) {
    this.agreement = agreement;
  }

  /** Begins anew, with other inputs to agree on. */
  void restart(Agreement other) {
    agreement = other;
    attempts.clear();
    leaders = List.of();
    constant.clear();
  }

  void add(List<Attempt> news) throws InterruptedException {
    attempts.addAll(news);
    int most = attempts.stream().mapToInt(Attempt::merit).max().orElseThrow();
    List<Attempt> equals = attempts.stream().filter(attempt -> attempt.merit() == most).toList();
    Comparator<Attempt> order = Comparator.comparingDouble(attempt -> -attempt.probability());
    if (most >= 0 && equals.size() > 2 && distinct(equals).size() > 1) {
      Agreement.Votes votes = agreement.votes(equals);
      order = Comparator.<Attempt>comparingInt(attempt -> -votes.of(attempt)).thenComparing(order);
    }
    if (most == Attempt.PASSED) {
      for (Attempt attempt : equals) {
        if (!constant.containsKey(attempt)) {
          constant.put(attempt, agreement.isConstant(attempt));
        }
      }
      order = Comparator.<Attempt, Boolean>comparing(constant::get).thenComparing(order);
    }
    leaders = distinct(equals.stream().sorted(order).toList());
  }

  /** The best one of all; empty before there is any. */
  Optional<Attempt> best() {
    return leaders.stream().findFirst();
  }

  /** Whether a program passes that does not only repeat the results of the tests. */
  boolean solved() {
    return passes() && !seemsConstant(best().orElseThrow());
  }

  /** Whether any program passes. */
  boolean passes() {
    return best().map(Attempt::passed).orElse(false);
  }

  /** Whether a program that passes seems to have the results of the tests written into it. */
  boolean seemsConstant(Attempt attempt) {
    return constant.getOrDefault(attempt, false);
  }

  /** The best programs, all different, the best first; no attempt without a program. */
  List<Attempt> best(int number) {
    List<Attempt> order = new ArrayList<>(leaders);
    attempts.stream()
        .sorted(Comparator.comparingInt(Attempt::merit).reversed())
        .forEach(order::add);
    return distinct(order).stream()
        .filter(attempt -> !attempt.program().isEmpty())
        .limit(number)
        .toList();
  }

  private static List<Attempt> distinct(List<Attempt> attempts) {
    Set<String> seen = new HashSet<>();
    return attempts.stream()
        .filter(attempt -> seen.add(attempt.program().stripTrailing()))
        .toList();
  }
}
