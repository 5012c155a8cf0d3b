package dev.mallard.sandbox.polyglot;

import com.oracle.truffle.api.frame.MaterializedFrame;
import com.oracle.truffle.api.instrumentation.EventContext;
import com.oracle.truffle.api.interop.InteropException;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.nodes.ControlFlowException;
import dev.mallard.sandbox.Trace.Called;
import dev.mallard.sandbox.Trace.Line;
import dev.mallard.sandbox.Trace.Raised;
import dev.mallard.sandbox.Trace.Returned;
import dev.mallard.sandbox.Trace.Step;
import dev.mallard.sandbox.Trace.Variable;
import dev.mallard.sandbox.polyglot.Activation.Kind;
import dev.mallard.sandbox.polyglot.Activation.Seen;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Follows which functions of a program run and where each of them is, and writes down the steps.
 *
 * <p>A function that runs is known by its frame: JavaScript's generators are left, and gone on
 * with, without an event that says so.
 */
@SuppressWarnings({"ReferenceEquality", "IdentityHashMapUsage"}) // A frame is itself.
final class CallStack {
  /** More suspended generators than this are not remembered. */
  private static final int MOST_SUSPENDED = 1000;

  private static final InteropLibrary INTEROP = InteropLibrary.getUncached();

  private final ObservedProgram program;
  private final Activations activations;
  private final Variables variables;
  private final ValueText text;
  private final StepBuffer buffer = new StepBuffer();
  private final Deque<Activation> running = new ArrayDeque<>();
  private final Map<MaterializedFrame, Activation> suspended = new IdentityHashMap<>();

  CallStack(ObservedProgram program, Variables variables, ValueText text) {
    this.program = program;
    this.activations = new Activations(program);
    this.variables = variables;
    this.text = text;
  }

  List<Step> steps() {
    return buffer.steps();
  }

  /** A function has been entered, or a generator gone on with. */
  void entered(EventContext event, MaterializedFrame frame) {
    Optional<Activation> caller = Optional.ofNullable(running.peek());
    Activation activation =
        activations.of(event, event.getInstrumentedSourceSection(), frame, caller);
    if (activation.kind == Kind.FUNCTION) {
      caller.ifPresent(outer -> announce(outer, false));
    }
    running.push(activation);
    if (isPython(activation)) {
      announce(activation, true);
    }
  }

  /** A statement is about to be executed. */
  void reached(EventContext event, MaterializedFrame frame) {
    Activation activation = at(event, frame);
    if (activation.kind == Kind.HIDDEN
        || event.getInstrumentedSourceSection().getCharIndex() < activation.body) {
      return;
    }
    announceOuter(activation);
    announce(activation, true);
    int line = program.programLine(event.getInstrumentedSourceSection().getStartLine());
    if (line == 0) {
      activation.lineEnded = true;
      return;
    }
    if (activation.kind == Kind.PART && isPython(activation) && line == activation.line) {
      return; // It is told as a line of what surrounds it.
    }
    if (line != activation.currentLine || activation.lineEnded) {
      endLine(activation, Optional.of(line));
      activation.currentLine = line;
      activation.lineEnded = false;
    }
    activation.node = event.getInstrumentedNode();
  }

  /** A statement has been left by an exception, or, in a generator, has been suspended. */
  void interrupted(MaterializedFrame frame, Throwable thrown) {
    Activation top = running.peek();
    if (isSuspension(thrown) && top != null && top.frame == frame && top.resumed) {
      running.pop();
      if (suspended.size() < MOST_SUSPENDED) {
        suspended.put(frame, top);
      }
    }
  }

  /** A function has returned, or a generator of Python's has been suspended. */
  void returned(MaterializedFrame frame, Object result) {
    Optional<Activation> ended = pop(frame);
    if (ended.isPresent() && ended.get().kind == Kind.FUNCTION) {
      buffer.add(new Returned(ended.get().name, text.of(result)));
    }
  }

  /** An exception has left a function. */
  void raised(MaterializedFrame frame, Throwable thrown) {
    Optional<Activation> ended = pop(frame);
    if (ended.isEmpty()
        || ended.get().kind == Kind.HIDDEN
        || ended.get().kind == Kind.PART) {
      return;
    }
    if (INTEROP.isException(thrown)) {
      buffer.add(new Raised(ended.get().name, text.ofException(thrown)));
    } else if (thrown instanceof StackOverflowError) {
      buffer.add(
          new Raised(
              ended.get().name,
              isPython(ended.get())
                  ? "RecursionError: maximum recursion depth exceeded"
                  : "RangeError: Maximum call stack size exceeded"));
    }
  }

  private static boolean isSuspension(Throwable thrown) {
    return thrown instanceof ControlFlowException
        && thrown.getClass().getSimpleName().equals("YieldException");
  }

  private static boolean isPython(Activation activation) {
    return activation.root.getLanguageInfo().getId().equals("python");
  }

  /** The activation in which something happens; those above it have ended without an event. */
  private Activation at(EventContext event, MaterializedFrame frame) {
    Activation top = running.peek();
    if (top != null && top.frame == frame) {
      return top;
    }
    if (running.stream().anyMatch(activation -> activation.frame == frame)) {
      endAbove(frame);
      return running.element();
    }
    if (top != null
        && top.currentLine == 0
        && top.root == event.getInstrumentedNode().getRootNode()) {
      top.frame = frame;
      return top;
    }
    Activation resumed = suspended.remove(frame);
    if (resumed == null) {
      resumed =
          activations.of(
              event,
              event.getInstrumentedNode().getRootNode().getSourceSection(),
              frame,
              Optional.empty());
      resumed.announced = true;
      resumed.resumed = true;
      look(resumed);
    }
    running.push(resumed);
    return resumed;
  }

  private void endAbove(MaterializedFrame frame) {
    while (running.element().frame != frame) {
      endLine(running.pop(), Optional.empty());
    }
  }

  private Optional<Activation> pop(MaterializedFrame frame) {
    if (running.stream().noneMatch(activation -> activation.frame == frame)) {
      return Optional.empty();
    }
    endAbove(frame);
    Activation ended = running.pop();
    if (ended.kind != Kind.HIDDEN) {
      announce(ended, false);
      endLine(ended, Optional.empty());
    }
    return Optional.of(ended);
  }

  /** An asynchronous function has been called when its body begins. */
  private void announceOuter(Activation body) {
    if (body.kind == Kind.PART && !body.announced) {
      running.stream()
          .skip(1)
          .findFirst()
          .filter(outer -> outer.name.equals(body.name))
          .ifPresent(outer -> announce(outer, true));
    }
  }

  /**
   * Says that a function was called, once its arguments have become its variables.
   *
   * @param reached whether its first statement has been reached
   */
  private void announce(Activation activation, boolean reached) {
    if (activation.announced) {
      return;
    }
    activation.announced = true;
    List<Variable> seen = look(activation);
    if (activation.kind == Kind.FUNCTION) {
      List<Variable> arguments = new ArrayList<>();
      for (String parameter : activation.parameters) {
        seen.stream()
            .filter(variable -> variable.name().equals(parameter))
            // Before the first statement JavaScript's parameters may have no values yet.
            .filter(variable -> reached || !variable.value().equals("undefined"))
            .findFirst()
            .ifPresent(arguments::add);
      }
      buffer.add(new Called(activation.name, activation.line, arguments));
    }
  }

  private void endLine(Activation activation, Optional<Integer> next) {
    int line = activation.currentLine;
    if (line > 0) {
      List<Variable> changes = look(activation);
      buffer.add(new Line(line, changes, program.choices().contains(line) ? next : Optional.empty()));
      activation.currentLine = 0;
    }
  }

  /** Looks at the variables; those that are new or have another value are returned. */
  private List<Variable> look(Activation activation) {
    List<Variable> changed = new ArrayList<>();
    if (activation.kind == Kind.HIDDEN) {
      return changed;
    }
    Map<String, Object> values = valuesOf(activation);
    values.forEach(
        (name, value) -> {
          Seen before = activation.variables.get(name);
          if (before != null && isSame(before.value(), value)) {
            return;
          }
          String now = text.of(value);
          if (before == null || !before.text().equals(now)) {
            changed.add(new Variable(name, now));
          }
          activation.variables.put(name, new Seen(value, now));
        });
    return changed;
  }

  private Map<String, Object> valuesOf(Activation activation) {
    try {
      return activation.kind == Kind.PROGRAM
          ? variables.globals(activation.node, activation.frame)
          : variables.locals(activation.node, activation.frame);
    } catch (InteropException e) {
      return Map.of();
    }
  }

  /** Whether a value is certainly printed as it was before: it is the same and cannot change. */
  private static boolean isSame(Object before, Object now) {
    return before.equals(now)
        && (now instanceof Number || now instanceof Boolean || INTEROP.isString(now));
  }
}
