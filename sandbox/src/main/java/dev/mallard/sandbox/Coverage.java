package dev.mallard.sandbox;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which lines of a program its tests ran.
 *
 * @param executable lines, from 1, on which a statement begins
 * @param covered those of them that were executed, by the program's own start or by a test
 */
public record Coverage(SortedSet<Integer> executable, SortedSet<Integer> covered) {
  public Coverage {
    executable = Collections.unmodifiableSortedSet(new TreeSet<>(executable));
    covered = Collections.unmodifiableSortedSet(new TreeSet<>(covered));
  }

  /** Share of the executable lines that were executed, from 0 to 1; 1 for an empty program. */
  public double ratio() {
    return executable.isEmpty() ? 1 : (double) covered.size() / executable.size();
  }

  /** The executable lines that were not executed. */
  public SortedSet<Integer> missed() {
    SortedSet<Integer> missed = new TreeSet<>(executable);
    missed.removeAll(covered);
    return Collections.unmodifiableSortedSet(missed);
  }
}
