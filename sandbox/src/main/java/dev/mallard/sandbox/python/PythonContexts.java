package dev.mallard.sandbox.python;

import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.Verdict.TimedOut;
import dev.mallard.sandbox.executor.ExecutionListener;
import dev.mallard.sandbox.executor.Watchdog;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Supplier;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.PolyglotException;

/** Contexts: fresh ones, some of which are made ahead, and one that tidy programs share. */
final class PythonContexts implements AutoCloseable {
  /** Fresh contexts to have ready; one takes some 5 MiB. */
  private static final int AHEAD = 3;

  /** Else a program gets a fresh context. */
  private static final Duration LONGEST_CHECK = Duration.ofSeconds(1);

  private final Engine engine;
  private final Watchdog watchdog;
  private final Deque<PythonContext> ready = new ArrayDeque<>();
  private Optional<SharedContext> shared = Optional.empty();

  PythonContexts(Engine engine, Watchdog watchdog) {
    this.engine = engine;
    this.watchdog = watchdog;
  }

  /** Makes a part of what is wanted ahead; returns whether there may be more to make. */
  boolean prepare() {
    if (ready.isEmpty()) {
      ready.add(new PythonContext(engine));
    } else if (shared.isEmpty()) {
      share();
    } else if (!shared.get().prepare()) {
      if (ready.size() >= AHEAD) {
        return false;
      }
      ready.add(new PythonContext(engine));
    }
    return true;
  }

  /** A context in which no program has run. */
  PythonContext fresh() {
    PythonContext context = ready.poll();
    return context == null ? new PythonContext(engine) : context;
  }

  private SharedContext share() {
    SharedContext context = shared.orElseGet(() -> new SharedContext(fresh()));
    shared = Optional.of(context);
    return context;
  }

  /**
   * Where an execution gets its contexts from: the shared one if it is tidy. The first of all gets
   * a fresh one without a check, since that is there.
   *
   * @param listener is told the verdict if to find that out takes too long and cannot be stopped
   */
  Supplier<PythonContext> of(Execution execution, ExecutionListener listener) {
    boolean first = shared.isEmpty() && !ready.isEmpty();
    return !first && SharedContext.suits(execution) && isTidy(execution, listener)
        ? () -> share().context()
        : this::fresh;
  }

  private boolean isTidy(Execution execution, ExecutionListener listener) {
    SharedContext context = share();
    TimedOut verdict = new TimedOut(execution.limits().wallClock(), Optional.empty(), 0);
    var watch =
        watchdog.watch(
            LONGEST_CHECK,
            context.context()::cancel,
            () -> listener.abandoned(verdict, Duration.ZERO));
    boolean tidy = false;
    try (watch) {
      tidy = context.isTidy(execution);
    } catch (PolyglotException | IllegalStateException e) {
      endSharing();
    }
    if (watch.expired()) {
      endSharing();
      return false;
    }
    return tidy;
  }

  /** Takes back a context in which nothing has run after all. */
  void takeBackUnused(PythonContext context) {
    if (!isShared(context)) {
      ready.addFirst(context);
    }
  }

  /**
   * Takes back a context that a program has run in, if another may.
   *
   * @param orderly whether nothing can have been interrupted in the middle
   * @return whether it is taken; if not, it is to be closed
   */
  boolean takeBack(PythonContext context, boolean orderly) {
    if (!isShared(context)) {
      return false;
    }
    if (orderly && shared.orElseThrow().reset()) {
      return true;
    }
    endSharing();
    return false;
  }

  private boolean isShared(PythonContext context) {
    return shared.filter(mine -> mine.context() == context).isPresent();
  }

  /** The shared context is of no use any more. */
  private void endSharing() {
    shared.map(SharedContext::context).ifPresent(PythonContext::close);
    shared = Optional.empty();
  }

  @Override
  public void close() {
    ready.forEach(PythonContext::close);
    ready.clear();
    endSharing();
  }
}
