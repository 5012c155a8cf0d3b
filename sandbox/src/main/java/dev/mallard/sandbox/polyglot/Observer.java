package dev.mallard.sandbox.polyglot;

import com.oracle.truffle.api.TruffleContext;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.instrumentation.EventBinding;
import com.oracle.truffle.api.instrumentation.ExecutionEventNode;
import com.oracle.truffle.api.instrumentation.Instrumenter;
import com.oracle.truffle.api.instrumentation.SourceSectionFilter;
import com.oracle.truffle.api.instrumentation.StandardTags.RootTag;
import com.oracle.truffle.api.instrumentation.StandardTags.StatementTag;
import com.oracle.truffle.api.instrumentation.Tag;
import com.oracle.truffle.api.instrumentation.TruffleInstrument.Env;
import dev.mallard.sandbox.Coverage;
import dev.mallard.sandbox.Observation;
import dev.mallard.sandbox.Trace.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.graalvm.polyglot.Context;

/**
 * Records what a program in one context does: which of its lines run, and, between {@link
 * #startTrace} and {@link #stopTrace}, every step. A program that no observer is attached to runs
 * as if there were none, and so does one whose observer is closed.
 *
 * <p>Used by the thread that runs the program. What other programs or contexts of the same engine
 * do is not recorded.
 */
public final class Observer implements AutoCloseable {
  private final Env environment;
  private final TruffleContext context;
  private final String sourceName;
  private final ObservedProgram program;
  private final Tracer tracer;
  private final SortedSet<Integer> executable = new TreeSet<>();
  private final SortedSet<Integer> covered = new TreeSet<>();
  private final List<EventBinding<?>> bindings = new ArrayList<>();

  private Observer(Env environment, String language, String sourceName, ObservedProgram program) {
    this.environment = environment;
    this.context = environment.getEnteredContext();
    this.sourceName = sourceName;
    this.program = program;
    this.tracer =
        new Tracer(
            environment,
            context,
            Objects.requireNonNull(environment.getLanguages().get(language)),
            program);
  }

  /**
   * Attaches an observer, which must happen before the program is parsed: Python's generators
   * cannot be observed by one that comes later.
   *
   * @param context where the program will run, with everything global in it that is not the
   *     program's own
   * @param language the engine's identifier of the program's language
   * @param sourceName the name that the program's source will have
   * @param program the program; its text will be the source
   * @param observations what will be asked for
   */
  public static Observer attach(
      Context context,
      String language,
      String sourceName,
      ObservedProgram program,
      Set<Observation> observations) {
    Env environment =
        Objects.requireNonNull(context.getEngine().getInstruments().get(ObserverInstrument.ID))
            .lookup(ObserverInstrument.Events.class)
            .environment();
    context.enter();
    try {
      Observer observer = new Observer(environment, language, sourceName, program);
      for (Observation observation : observations) {
        switch (observation) {
          case COVERAGE -> observer.attachCoverage();
          case TRACE -> observer.attachTracer();
        }
      }
      return observer;
    } finally {
      context.leave();
    }
  }

  private void attachCoverage() {
    Instrumenter instrumenter = environment.getInstrumenter();
    SourceSectionFilter statements = filter(StatementTag.class);
    bindings.add(
        instrumenter.attachLoadSourceSectionListener(
            statements,
            event -> addLine(event.getSourceSection().getStartLine(), executable),
            true));
    bindings.add(
        instrumenter.attachExecutionEventFactory(
            statements,
            event -> new FirstExecution(event.getInstrumentedSourceSection().getStartLine())));
  }

  private void attachTracer() {
    Instrumenter instrumenter = environment.getInstrumenter();
    bindings.add(
        instrumenter.attachExecutionEventListener(
            filter(RootTag.class), tracer.functionListener()));
    bindings.add(
        instrumenter.attachExecutionEventListener(
            filter(StatementTag.class), tracer.statementListener()));
  }

  /** Which lines there are, and which of them have run by now. */
  public Coverage coverage() {
    SortedSet<Integer> all = new TreeSet<>(executable);
    all.addAll(covered);
    return new Coverage(all, covered);
  }

  /** Begins to record steps. */
  public void startTrace() {
    tracer.start();
  }

  /** Ends the recording of steps. */
  public void stopTrace() {
    tracer.stop();
  }

  /** The steps recorded, in order. */
  public List<Step> trace() {
    return tracer.steps();
  }

  /** Ends all recording. What has been recorded can still be asked for. */
  @Override
  public void close() {
    tracer.stop();
    bindings.forEach(EventBinding::dispose);
    bindings.clear();
  }

  private SourceSectionFilter filter(Class<? extends Tag> tag) {
    return SourceSectionFilter.newBuilder()
        .tagIs(tag)
        .sourceIs(
            source ->
                source.getName().equals(sourceName)
                    && source.hasCharacters()
                    && program.text().contentEquals(source.getCharacters()))
        .build();
  }

  private void addLine(int textLine, SortedSet<Integer> lines) {
    int line = program.programLine(textLine);
    if (line > 0) {
      lines.add(line);
    }
  }

  /** Takes note of a statement when it is executed for the first time. */
  private final class FirstExecution extends ExecutionEventNode {
    private final int textLine;
    private boolean executed;

    private FirstExecution(int textLine) {
      this.textLine = textLine;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // A context is itself.
    protected void onEnter(VirtualFrame frame) {
      if (!executed && environment.getEnteredContext() == context) {
        executed = true;
        addLine(textLine, covered);
      }
    }
  }
}
