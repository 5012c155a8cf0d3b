package dev.mallard.sandbox.runner;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Keeps of a long trace its start, its end, and what is around the first places where an exception
 * left a method.
 */
final class TraceWindow {
  private static final int AT_ENDS = 200;
  private static final int AROUND = 20;
  private static final int MOST_PLACES = 10;

  private final List<Entry> kept = new ArrayList<>();
  // The last steps that are not in what is kept.
  private final Deque<Entry> last = new ArrayDeque<>();
  private long count;
  private int places;
  private int keepNext = AT_ENDS;

  /** A step with its place in the whole trace. */
  static final class Entry {
    private final long number;
    private TraceStep step;

    private Entry(long number, TraceStep step) {
      this.number = number;
      this.step = step;
    }

    void replace(TraceStep other) {
      step = other;
    }
  }

  Entry add(TraceStep step) {
    Entry entry = new Entry(count++, step);
    if (keepNext > 0) {
      keepNext--;
      kept.add(entry);
    } else {
      last.add(entry);
      if (last.size() > AT_ENDS) {
        last.removeFirst();
      }
    }
    return entry;
  }

  /** Keeps the steps before and after here, if there are not too many such places already. */
  void keepAround() {
    if (keepNext == 0 && places < MOST_PLACES) {
      places++;
      List<Entry> recent = new ArrayList<>(last);
      kept.addAll(recent.subList(Math.max(0, recent.size() - AROUND), recent.size()));
      last.clear();
      keepNext = AROUND;
    }
  }

  /** What is kept, and how much is left out between. */
  List<TraceStep> steps() {
    List<Entry> entries = new ArrayList<>(kept);
    entries.addAll(last);
    List<TraceStep> steps = new ArrayList<>();
    long next = 0;
    for (Entry entry : entries) {
      if (entry.number > next) {
        steps.add(new TraceStep.Omitted(entry.number - next));
      }
      steps.add(entry.step);
      next = entry.number + 1;
    }
    return steps;
  }
}
