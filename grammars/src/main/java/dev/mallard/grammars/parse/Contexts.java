package dev.mallard.grammars.parse;

import dev.mallard.grammars.GrammarException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * Symbols that may stand only within certain nonterminals, such as a return statement within the
 * body of a function. Since the nonterminals that may be around a symbol are finitely many, this is
 * context-free: each nonterminal is copied for each set of such symbols that may stand in it where
 * it stands itself.
 *
 * <p>Symbols have the numbers of a {@link GrammarBuilder}: nonterminals those below 0.
 */
final class Contexts {
  /** Symbols in the productions of all copies. */
  private static final int MOST_IN_PRODUCTIONS = 200_000;

  /** A production. */
  record Rule(int left, List<Integer> right) {}

  /** A nonterminal, and which symbols may stand in it that do not stand everywhere. */
  private record Copy(int nonterminal, Set<Integer> allowed) {}

  private record Numbered(Copy copy, int number) {}

  /** Productions in which everything may stand where it does. */
  record Result(int start, Collection<Rule> rules) {}

  /** What a nonterminal allows within it. */
  private final Map<Integer, Set<Integer>> allowing = new HashMap<>();

  /** What does not stand everywhere. */
  private final Set<Integer> restricted = new HashSet<>();

  private final Set<Integer> afresh = new HashSet<>();

  /** Allows a symbol within a nonterminal, and nowhere else but where it is allowed as well. */
  void within(int nonterminal, int symbol) {
    restricted.add(symbol);
    allowing.computeIfAbsent(nonterminal, _ -> new HashSet<>()).add(symbol);
  }

  /** Says that what is within a nonterminal is not within those around it. */
  void afresh(int nonterminal) {
    afresh.add(nonterminal);
  }

  /**
   * Copies what must be.
   *
   * @param start what a whole text is
   * @param copy makes another nonterminal like one
   * @throws GrammarException if there are too many copies, or nothing is left of the start
   */
  Result apply(int start, Collection<Rule> rules, ToIntFunction<Integer> copy) {
    if (restricted.isEmpty()) {
      return new Result(start, rules);
    }
    return new Copying(rules, copy).of(start);
  }

  /** Makes the copies, each when something that consists of it is copied. */
  private final class Copying {
    private final ToIntFunction<Integer> copy;
    private final Map<Integer, List<Rule>> byLeft;
    private final Map<Integer, Set<Integer>> relevant;
    private final Map<Copy, Integer> numbers = new HashMap<>();
    private final Set<Integer> originals = new HashSet<>();
    private final Deque<Numbered> open = new ArrayDeque<>();
    private final Set<Rule> copied = new LinkedHashSet<>();
    private int size;

    Copying(Collection<Rule> rules, ToIntFunction<Integer> copy) {
      this.copy = copy;
      byLeft = byLeft(rules);
      relevant = relevant(rules);
    }

    Result of(int start) {
      number(new Copy(start, Set.of()));
      while (!open.isEmpty()) {
        Numbered next = open.remove();
        Set<Integer> allowed = next.copy().allowed();
        for (Rule rule : byLeft.getOrDefault(next.copy().nonterminal(), List.of())) {
          if (rule.right().stream().allMatch(symbol -> mayStand(symbol, allowed))) {
            add(
                new Rule(
                    next.number(),
                    rule.right().stream()
                        .map(symbol -> symbol < 0 ? part(symbol, allowed) : symbol)
                        .toList()));
          }
        }
      }
      return new Result(start, reachable(start, productive(copied)));
    }

    private void add(Rule rule) {
      size += 1 + rule.right().size();
      if (size > MOST_IN_PRODUCTIONS) {
        throw new GrammarException(
            "the grammar is too large; say of fewer rules what may stand within them", 1, 1);
      }
      copied.add(rule);
    }

    private int part(int nonterminal, Set<Integer> allowed) {
      Set<Integer> inside = new HashSet<>(afresh.contains(nonterminal) ? Set.of() : allowed);
      inside.addAll(allowing.getOrDefault(nonterminal, Set.of()));
      inside.retainAll(relevant.getOrDefault(nonterminal, Set.of()));
      return number(new Copy(nonterminal, inside));
    }

    private int number(Copy part) {
      Integer known = numbers.get(part);
      if (known != null) {
        return known;
      }
      int nonterminal = part.nonterminal();
      int number = originals.add(nonterminal) ? nonterminal : copy.applyAsInt(nonterminal);
      numbers.put(part, number);
      open.add(new Numbered(part, number));
      return number;
    }
  }

  private boolean mayStand(int symbol, Set<Integer> allowed) {
    return !restricted.contains(symbol) || allowed.contains(symbol);
  }

  /** For each nonterminal, what in it may or may not stand there as it is allowed around it. */
  private Map<Integer, Set<Integer>> relevant(Collection<Rule> rules) {
    Map<Integer, Set<Integer>> inside = new HashMap<>();
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Rule rule : rules) {
        Set<Integer> own = inside.computeIfAbsent(rule.left(), _ -> new HashSet<>());
        for (int symbol : rule.right()) {
          if (restricted.contains(symbol)) {
            changed |= own.add(symbol);
          }
          if (!afresh.contains(symbol)) {
            Set<Integer> part = new HashSet<>(inside.getOrDefault(symbol, Set.of()));
            part.removeAll(allowing.getOrDefault(symbol, Set.of()));
            changed |= own.addAll(part);
          }
        }
      }
    }
    return inside;
  }

  /** Productions of which some text consists. */
  static Set<Rule> productive(Set<Rule> rules) {
    Set<Rule> left = new LinkedHashSet<>(rules);
    Set<Rule> found = new LinkedHashSet<>();
    Set<Integer> complete = new HashSet<>();
    while (left.removeIf(
        rule -> {
          boolean isComplete =
              rule.right().stream().allMatch(symbol -> symbol >= 0 || complete.contains(symbol));
          if (isComplete) {
            complete.add(rule.left());
            found.add(rule);
          }
          return isComplete;
        })) {
      // Until nothing more is found.
    }
    return found;
  }

  private static Map<Integer, List<Rule>> byLeft(Collection<Rule> rules) {
    return rules.stream().collect(Collectors.groupingBy(Rule::left));
  }

  private static Set<Rule> reachable(int start, Set<Rule> rules) {
    Map<Integer, List<Rule>> byLeft = byLeft(rules);
    Set<Integer> reached = new LinkedHashSet<>(Set.of(start));
    Deque<Integer> open = new ArrayDeque<>(reached);
    while (!open.isEmpty()) {
      for (Rule rule : byLeft.getOrDefault(open.remove(), List.of())) {
        rule.right().stream()
            .filter(symbol -> symbol < 0 && reached.add(symbol))
            .forEach(open::add);
      }
    }
    Set<Rule> all = new LinkedHashSet<>();
    reached.forEach(symbol -> all.addAll(byLeft.getOrDefault(symbol, List.of())));
    if (all.isEmpty()) {
      throw new GrammarException("nothing may stand where it does, so no text is complete", 1, 1);
    }
    return all;
  }
}
