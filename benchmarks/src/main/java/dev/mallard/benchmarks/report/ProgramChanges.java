package dev.mallard.benchmarks.report;

import com.github.difflib.DiffUtils;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
import java.util.List;

/**
 * A program as what is to be done to the lines of another one: a positive number keeps as many
 * lines, a negative one leaves out as many, and a text is a new line. The page makes the program
 * and the difference of it, so that what turns have in common is there once.
 */
final class ProgramChanges {
  /** More lines than this are not compared: it takes too long if all of them differ. */
  private static final int MOST_LINES = 6_000;

  private ProgramChanges() {}

  /** What makes one program of another. */
  static List<Object> between(List<String> before, List<String> after) {
    List<Object> changes = new ArrayList<>();
    if (before.size() + after.size() > MOST_LINES) {
      add(changes, -before.size());
      changes.addAll(after);
      return changes;
    }
    int place = 0;
    int leftOut = 0;
    List<String> added = new ArrayList<>();
    for (AbstractDelta<String> delta :
        DiffUtils.diff(before, after, new MyersDiffWithLinearSpace<>()).getDeltas()) {
      int kept = delta.getSource().getPosition() - place;
      if (kept > 0) {
        // What stands side by side is one change: first all that is left out, then all that is new.
        add(changes, -leftOut);
        changes.addAll(added);
        leftOut = 0;
        added.clear();
      }
      add(changes, kept);
      leftOut += delta.getSource().size();
      added.addAll(delta.getTarget().getLines());
      place = delta.getSource().getPosition() + delta.getSource().size();
    }
    add(changes, -leftOut);
    changes.addAll(added);
    add(changes, before.size() - place);
    return changes;
  }

  private static void add(List<Object> changes, int lines) {
    if (lines != 0) {
      changes.add(lines);
    }
  }
}
