package dev.mallard.sandbox.polyglot;

import dev.mallard.sandbox.Trace.Omitted;
import dev.mallard.sandbox.Trace.Raised;
import dev.mallard.sandbox.Trace.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Keeps of any number of steps the first, the last, and those around the latest places where an
 * exception left a function. Needs the same little memory however many steps there are.
 */
final class StepBuffer {
  /** How many steps are kept at the start, and how many at the end. */
  static final int END = 200;

  /** How many steps are kept before a place where an exception left a function. */
  static final int BEFORE = 10;

  /** How many steps are kept from such a place on, itself among them. */
  static final int AFTER = 10;

  /** How many such places there are at most. */
  static final int PLACES = 10;

  /** No result is longer: there is a gap before each place, and one before the end. */
  static final int BOUND = 2 * END + PLACES * (BEFORE + AFTER) + PLACES + 1;

  private record Numbered(long number, Step step) {}

  private final List<Step> start = new ArrayList<>();
  private final Deque<Long> places = new ArrayDeque<>();
  private final Deque<Numbered> around = new ArrayDeque<>();
  private final Deque<Numbered> end = new ArrayDeque<>();
  private long count;

  void add(Step step) {
    long number = count++;
    if (number < END) {
      start.add(step);
      return;
    }
    if (step instanceof Raised) {
      addPlace(number);
    }
    end.addLast(new Numbered(number, step));
    if (end.size() > END) {
      // Whether a place is near is known by now: it would have come within the last END steps.
      Numbered leaving = end.removeFirst();
      if (isNearPlace(leaving.number())) {
        around.addLast(leaving);
      }
    }
  }

  private void addPlace(long number) {
    places.addLast(number);
    if (places.size() > PLACES) {
      places.removeFirst();
      long first = places.getFirst() - BEFORE;
      while (!around.isEmpty() && around.getFirst().number() < first) {
        around.removeFirst();
      }
    }
  }

  private boolean isNearPlace(long number) {
    for (long place : places) {
      if (place - BEFORE <= number && number < place + AFTER) {
        return true;
      }
    }
    return false;
  }

  /** What is kept, in order, with {@link Omitted} in place of what is not. */
  List<Step> steps() {
    List<Step> steps = new ArrayList<>(start);
    long next = start.size();
    for (Deque<Numbered> part : List.of(around, end)) {
      for (Numbered kept : part) {
        if (kept.number() > next) {
          steps.add(new Omitted(kept.number() - next));
        }
        steps.add(kept.step());
        next = kept.number() + 1;
      }
    }
    return List.copyOf(steps);
  }
}
