package dev.mallard.grammars.regex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A deterministic automaton that recognises any of some expressions, and says which. Its states are
 * made as they are met. Not for several threads at once.
 */
public final class Automaton {
  /** The state in which nothing can match any more. */
  public static final int DEAD = 0;

  private static final int UNKNOWN = -1;

  /** Letters first, then what else is legible. */
  private static final int[] BYTES =
      IntStream.concat(
              IntStream.rangeClosed('a', 'z'),
              IntStream.concat(IntStream.rangeClosed('!', '~'), IntStream.range(0, 256)))
          .distinct()
          .toArray();

  /** The expressions that can still match, and what is to follow in each. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared, nor changed.
  private record State(
      int[] expressions, Regex[] rests, BitSet alive, BitSet accepted, int alike) {}

  private final RegexFactory factory;
  private final List<Regex> expressions;
  private final int[] classOf = new int[256];
  private final int[] representatives;
  private final List<State> states = new ArrayList<>();
  private final Map<List<Object>, Integer> numbers = new HashMap<>();
  private final Map<BitSet, Integer> firstAlive = new HashMap<>();
  private final Map<BitSet, Integer> starts = new HashMap<>();
  private int[] transitions = new int[0];

  /**
   * Makes an automaton.
   *
   * @param factory made the expressions
   */
  public Automaton(RegexFactory factory, List<Regex> expressions) {
    this.factory = factory;
    this.expressions = List.copyOf(expressions);
    this.representatives = findClasses();
    number(List.of(), List.of());
  }

  /**
   * Bytes that no expression tells apart are of one class; a letter stands for it, if it has one.
   */
  private int[] findClasses() {
    Map<BitSet, Integer> classes = new HashMap<>();
    List<Integer> first = new ArrayList<>();
    List<ByteSet> sets = factory.byteSets();
    for (int value : BYTES) {
      BitSet in = new BitSet();
      for (int i = 0; i < sets.size(); i++) {
        in.set(i, sets.get(i).contains(value));
      }
      classOf[value] =
          classes.computeIfAbsent(
              in,
              _ -> {
                first.add(value);
                return first.size() - 1;
              });
    }
    return first.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The state before a text that some of the expressions may match. */
  public int start(BitSet some) {
    Integer known = starts.get(some);
    if (known == null) {
      List<Integer> numbersOf = some.stream().boxed().toList();
      known = number(numbersOf, numbersOf.stream().map(expressions::get).toList());
      starts.put((BitSet) some.clone(), known);
    }
    return known;
  }

  /** The state after one more byte. */
  public int step(int state, int value) {
    int index = state * representatives.length + classOf[value & 0xff];
    int next = transitions[index];
    if (next == UNKNOWN) {
      next = move(states.get(state), value & 0xff);
      transitions[index] = next;
    }
    return next;
  }

  /** The expressions that match what was read. */
  public BitSet accepted(int state) {
    return states.get(state).accepted;
  }

  /** Whether some expression matches what was read. */
  public boolean accepts(int state) {
    return !states.get(state).accepted.isEmpty();
  }

  /** The first state in which the same expressions can still match. */
  public int firstAlike(int state) {
    return states.get(state).alike;
  }

  /** The expressions that match what was read, or more of it. */
  public BitSet alive(int state) {
    return states.get(state).alive;
  }

  private int move(State state, int value) {
    List<Integer> left = new ArrayList<>();
    List<Regex> rests = new ArrayList<>();
    for (int i = 0; i < state.rests.length; i++) {
      Regex rest = factory.derivative(state.rests[i], value);
      if (factory.isMatchable(rest, representatives)) {
        left.add(state.expressions[i]);
        rests.add(rest);
      }
    }
    return number(left, rests);
  }

  private int number(List<Integer> left, List<Regex> rests) {
    List<Object> key = List.of(left, rests);
    Integer known = numbers.get(key);
    if (known != null) {
      return known;
    }
    BitSet alive = new BitSet();
    BitSet accepted = new BitSet();
    for (int i = 0; i < left.size(); i++) {
      alive.set(left.get(i));
      accepted.set(left.get(i), rests.get(i).nullable());
    }
    int number = states.size();
    states.add(
        new State(
            left.stream().mapToInt(Integer::intValue).toArray(),
            rests.toArray(Regex[]::new),
            alive,
            accepted,
            firstAlive.computeIfAbsent(alive, _ -> number)));
    numbers.put(key, number);
    int needed = states.size() * representatives.length;
    if (transitions.length < needed) {
      int old = transitions.length;
      transitions = Arrays.copyOf(transitions, Math.max(needed, 2 * old));
      Arrays.fill(transitions, old, transitions.length, UNKNOWN);
    }
    if (number == DEAD) {
      Arrays.fill(transitions, 0, representatives.length, DEAD);
    }
    return number;
  }

  /** Whether some text is matched by all of some expressions. */
  public boolean isMatchable(List<Regex> all) {
    return factory.isMatchable(factory.both(all), representatives);
  }

  /** A shortest text that is matched by all of some expressions, if there is one. */
  public Optional<byte[]> shortest(List<Regex> all) {
    return factory.shortest(factory.both(all), representatives);
  }
}
