package dev.mallard.sandbox.polyglot;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.TruffleContext;
import com.oracle.truffle.api.frame.MaterializedFrame;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.instrumentation.EventContext;
import com.oracle.truffle.api.instrumentation.ExecutionEventListener;
import com.oracle.truffle.api.instrumentation.TruffleInstrument.Env;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.nodes.LanguageInfo;
import dev.mallard.sandbox.Trace.Step;
import java.util.List;

/** Turns the engine's events into the steps of a trace. */
final class Tracer {
  private final Env environment;
  private final TruffleContext context;
  private final CallStack stack;

  /** Whether there is somebody who wants to know. */
  private boolean active;

  /** Whether an event is being handled: what it causes is no event of the program. */
  private boolean busy;

  Tracer(
      Env environment, TruffleContext context, LanguageInfo language, ObservedProgram program) {
    this.environment = environment;
    this.context = context;
    this.stack =
        new CallStack(
            program,
            new Variables(environment, language),
            new ValueText(environment, language));
  }

  void start() {
    active = true;
  }

  void stop() {
    active = false;
  }

  List<Step> steps() {
    return stack.steps();
  }

  /** Is told of functions. */
  ExecutionEventListener functionListener() {
    return new ExecutionEventListener() {
      @Override
      public void onEnter(EventContext event, VirtualFrame frame) {
        handle(frame.materialize(), at -> stack.entered(event, at));
      }

      @Override
      public void onReturnValue(EventContext event, VirtualFrame frame, Object result) {
        handle(frame.materialize(), at -> stack.returned(at, result));
      }

      @Override
      public void onReturnExceptional(EventContext event, VirtualFrame frame, Throwable thrown) {
        handle(frame.materialize(), at -> stack.raised(at, thrown));
      }
    };
  }

  /** Is told of statements. */
  ExecutionEventListener statementListener() {
    return new ExecutionEventListener() {
      @Override
      public void onEnter(EventContext event, VirtualFrame frame) {
        handle(frame.materialize(), at -> stack.reached(event, at));
      }

      @Override
      public void onReturnValue(EventContext event, VirtualFrame frame, Object result) {}

      @Override
      public void onReturnExceptional(EventContext event, VirtualFrame frame, Throwable thrown) {
        handle(frame.materialize(), at -> stack.interrupted(at, thrown));
      }
    };
  }

  private interface Handler {
    void accept(MaterializedFrame frame);
  }

  @TruffleBoundary
  @SuppressWarnings("ReferenceEquality") // A context is itself.
  private void handle(MaterializedFrame frame, Handler handler) {
    if (!active || busy || environment.getEnteredContext() != context) {
      return;
    }
    busy = true;
    try {
      handler.accept(frame);
    } catch (StackOverflowError e) {
      // The program has nearly used up the stack: it will soon see this error itself.
    } catch (RuntimeException e) {
      // What the program's own code throws while it is looked at must not get into the program.
      if (!InteropLibrary.getUncached().isException(e)) {
        throw e;
      }
    } finally {
      busy = false;
    }
  }
}
