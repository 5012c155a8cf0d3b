package dev.mallard.generator.feedback;

import dev.mallard.sandbox.Trace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lines that were executed one after the other, from where control arrived to where it was decided
 * how to go on: a branch, a call's beginning or its end.
 *
 * @param lines their numbers, in order
 * @param before the variables that were known when the block began
 * @param after the variables that it changed
 * @param end how it ended, if not by going on: what was returned or raised
 */
record BasicBlock(
    List<Integer> lines,
    List<Trace.Variable> before,
    List<Trace.Variable> after,
    Optional<String> end) {
  BasicBlock {
    lines = List.copyOf(lines);
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /** Cuts a trace into its blocks. */
  static List<BasicBlock> of(Trace trace) {
    Cutter cutter = new Cutter();
    trace.steps().forEach(cutter::take);
    cutter.cut(Optional.empty());
    return cutter.blocks;
  }

  private static final class Cutter {
    private final List<BasicBlock> blocks = new ArrayList<>();
    private final List<Map<String, Trace.Variable>> frames = new ArrayList<>();
    private List<Integer> lines = new ArrayList<>();
    private Map<String, Trace.Variable> changed = new LinkedHashMap<>();
    private List<Trace.Variable> before = List.of();

    void take(Trace.Step step) {
      switch (step) {
        case Trace.Called called -> {
          cut(Optional.empty());
          frames.add(byName(called.arguments()));
          before = known();
        }
        case Trace.Line line -> {
          lines.add(line.line());
          changed.putAll(byName(line.changes()));
          if (line.branch().isPresent()) {
            cut(Optional.empty());
          }
        }
        case Trace.Returned returned -> {
          cut(Optional.of("%s returns %s".formatted(returned.function(), returned.value())));
          leave();
        }
        case Trace.Raised raised -> {
          cut(Optional.of("%s raises %s".formatted(raised.function(), raised.exception())));
          leave();
        }
        case Trace.Omitted omitted -> cut(Optional.empty());
      }
    }

    private void leave() {
      if (!frames.isEmpty()) {
        frames.removeLast();
      }
      before = known();
    }

    private void cut(Optional<String> end) {
      if (!frames.isEmpty()) {
        frames.getLast().putAll(changed);
      }
      if (!lines.isEmpty()) {
        blocks.add(new BasicBlock(lines, before, List.copyOf(changed.values()), end));
      }
      lines = new ArrayList<>();
      changed = new LinkedHashMap<>();
      before = known();
    }

    private List<Trace.Variable> known() {
      return frames.isEmpty() ? List.of() : List.copyOf(frames.getLast().values());
    }

    private static Map<String, Trace.Variable> byName(List<Trace.Variable> variables) {
      Map<String, Trace.Variable> byName = new LinkedHashMap<>();
      variables.forEach(variable -> byName.put(variable.name(), variable));
      return byName;
    }
  }
}
