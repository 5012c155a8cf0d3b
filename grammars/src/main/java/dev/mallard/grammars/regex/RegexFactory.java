package dev.mallard.grammars.regex;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;

/**
 * Makes regular expressions in a normal form, and their derivatives (Brzozowski, Derivatives of
 * Regular Expressions, JACM 1964; the normal form is that of Owens, Reppy and Turon, JFP 2009). Not
 * for several threads at once.
 */
public final class RegexFactory {
  private final List<Regex> all = new ArrayList<>();
  private final Map<Object, Regex> interned = new HashMap<>();
  private final Map<Long, Regex> derivatives = new HashMap<>();
  private final Map<Regex, Boolean> matchable = new HashMap<>();

  private final Regex nothing = oneOf(ByteSet.NONE);
  private final Regex anyByte = oneOf(ByteSet.ALL);
  private final Regex empty = intern("empty", Regex.Empty::new);
  private final Regex anything =
      intern(List.of("star", anyByte), id -> new Regex.Star(id, anyByte));

  private Regex intern(Object key, IntFunction<Regex> maker) {
    Regex known = interned.get(key);
    if (known == null) {
      known = maker.apply(all.size());
      all.add(known);
      interned.put(key, known);
    }
    return known;
  }

  /** Matches no string at all. */
  public Regex nothing() {
    return nothing;
  }

  /** Matches the empty string. */
  public Regex empty() {
    return empty;
  }

  /** Matches every string. */
  public Regex anything() {
    return anything;
  }

  /** Matches one byte of a set. */
  Regex oneOf(ByteSet bytes) {
    return intern(bytes, id -> new Regex.OneOf(id, bytes));
  }

  /** Matches a text in UTF-8. */
  public Regex text(String text) {
    Regex regex = empty;
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int i = bytes.length - 1; i >= 0; i--) {
      int value = bytes[i] & 0xff;
      regex = sequence(oneOf(ByteSet.range(value, value)), regex);
    }
    return regex;
  }

  /** Matches what the first matches, and then what the second does. */
  public Regex sequence(Regex first, Regex rest) {
    if (first == nothing || rest == nothing) {
      return nothing;
    }
    if (first == empty) {
      return rest;
    }
    if (rest == empty) {
      return first;
    }
    Deque<Regex> parts = new ArrayDeque<>();
    Regex last = first;
    while (last instanceof Regex.Sequence s) {
      parts.push(s.first);
      last = s.rest;
    }
    Regex regex = follow(last, rest);
    while (!parts.isEmpty()) {
      regex = follow(parts.pop(), regex);
    }
    return regex;
  }

  private Regex follow(Regex first, Regex rest) {
    return intern(List.of("sequence", first, rest), id -> new Regex.Sequence(id, first, rest));
  }

  /** Matches what any of some match. */
  public Regex either(Collection<Regex> parts) {
    Set<Regex> flat = new TreeSet<>(Comparator.comparingInt(Regex::id));
    ByteSet bytes = ByteSet.NONE;
    for (Regex part : parts) {
      for (Regex p : part instanceof Regex.Either e ? e.parts : List.of(part)) {
        if (p instanceof Regex.OneOf one) {
          bytes = bytes.or(one.bytes);
        } else {
          flat.add(p);
        }
      }
    }
    if (!bytes.isEmpty()) {
      flat.add(oneOf(bytes));
    }
    if (flat.contains(anything)) {
      return anything;
    }
    if (flat.isEmpty()) {
      return nothing;
    }
    List<Regex> sorted = List.copyOf(flat);
    return sorted.size() == 1
        ? sorted.getFirst()
        : intern(List.of("either", sorted), id -> new Regex.Either(id, sorted));
  }

  /** Matches what all of some match. */
  public Regex both(Collection<Regex> parts) {
    Set<Regex> flat = new TreeSet<>(Comparator.comparingInt(Regex::id));
    for (Regex part : parts) {
      flat.addAll(part instanceof Regex.Both b ? b.parts : List.of(part));
    }
    flat.remove(anything);
    if (flat.contains(nothing)) {
      return nothing;
    }
    if (flat.isEmpty()) {
      return anything;
    }
    List<Regex> sorted = List.copyOf(flat);
    return sorted.size() == 1
        ? sorted.getFirst()
        : intern(List.of("both", sorted), id -> new Regex.Both(id, sorted));
  }

  /** Matches what another does not. */
  public Regex complement(Regex of) {
    if (of instanceof Regex.Complement c) {
      return c.of;
    }
    if (of == nothing) {
      return anything;
    }
    return of == anything
        ? nothing
        : intern(List.of("not", of), id -> new Regex.Complement(id, of));
  }

  /** Matches what another does any number of times, or never. */
  public Regex star(Regex of) {
    if (of == empty || of == nothing) {
      return empty;
    }
    return of instanceof Regex.Star
        ? of
        : intern(List.of("star", of), id -> new Regex.Star(id, of));
  }

  /**
   * Matches what another does so many times.
   *
   * @param most -1 for no limit
   */
  public Regex repeat(Regex of, int least, int most) {
    Regex regex = most < 0 ? star(of) : empty;
    for (int i = least; i < most; i++) {
      regex = either(List.of(empty, sequence(of, regex)));
    }
    for (int i = 0; i < least; i++) {
      regex = sequence(of, regex);
    }
    return regex;
  }

  /** What is to follow a byte, for the whole to match. */
  public Regex derivative(Regex regex, int value) {
    long key = (long) regex.id() << 8 | value;
    Regex known = derivatives.get(key);
    if (known == null) {
      known = derive(regex, value);
      derivatives.put(key, known);
    }
    return known;
  }

  private Regex derive(Regex regex, int value) {
    return switch (regex) {
      case Regex.OneOf one -> one.bytes.contains(value) ? empty : nothing;
      case Regex.Empty _ -> nothing;
      case Regex.Sequence s -> {
        List<Regex> ways = new ArrayList<>();
        Regex rest = s;
        while (rest instanceof Regex.Sequence next && next.first.nullable()) {
          ways.add(sequence(derivative(next.first, value), next.rest));
          rest = next.rest;
        }
        ways.add(
            rest instanceof Regex.Sequence next
                ? sequence(derivative(next.first, value), next.rest)
                : derivative(rest, value));
        yield ways.size() == 1 ? ways.getFirst() : either(ways);
      }
      case Regex.Either e -> either(e.parts.stream().map(p -> derivative(p, value)).toList());
      case Regex.Both b -> both(b.parts.stream().map(p -> derivative(p, value)).toList());
      case Regex.Complement c -> complement(derivative(c.of, value));
      case Regex.Star star -> sequence(derivative(star.of, value), star);
    };
  }

  /**
   * Whether there is a string that it matches.
   *
   * @param bytes one of each class of bytes that no expression tells apart
   */
  boolean isMatchable(Regex regex, int[] bytes) {
    Boolean known = matchable.get(regex);
    if (known != null) {
      return known;
    }
    Set<Regex> seen = new HashSet<>(Set.of(regex));
    Deque<Regex> open = new ArrayDeque<>(seen);
    while (!open.isEmpty()) {
      Regex next = open.removeLast();
      if (next.nullable() || matchable.getOrDefault(next, false)) {
        matchable.put(regex, true);
        return true;
      }
      for (int value : bytes) {
        Regex after = derivative(next, value);
        if (after != nothing && !matchable.containsKey(after) && seen.add(after)) {
          open.add(after);
        } else if (matchable.getOrDefault(after, false)) {
          matchable.put(regex, true);
          return true;
        }
      }
    }
    seen.forEach(dead -> matchable.put(dead, false));
    return false;
  }

  /**
   * A shortest string that an expression matches, if there is one.
   *
   * @param bytes one of each class of bytes that no expression tells apart
   */
  Optional<byte[]> shortest(Regex regex, int[] bytes) {
    Map<Regex, byte[]> seen = new HashMap<>(Map.of(regex, new byte[0]));
    Deque<Regex> open = new ArrayDeque<>(seen.keySet());
    while (!open.isEmpty()) {
      Regex next = open.remove();
      byte[] before = seen.getOrDefault(next, new byte[0]);
      if (next.nullable()) {
        return Optional.of(before);
      }
      for (int value : bytes) {
        Regex after = derivative(next, value);
        if (after != nothing && !seen.containsKey(after)) {
          byte[] longer = Arrays.copyOf(before, before.length + 1);
          longer[before.length] = (byte) value;
          seen.put(after, longer);
          open.add(after);
        }
      }
    }
    return Optional.empty();
  }

  /** All sets of bytes that expressions of this factory name. */
  List<ByteSet> byteSets() {
    return all.stream()
        .filter(Regex.OneOf.class::isInstance)
        .map(regex -> ((Regex.OneOf) regex).bytes)
        .toList();
  }
}
