package dev.mallard.sandbox.polyglot;

import com.oracle.truffle.api.instrumentation.TruffleInstrument;
import org.graalvm.polyglot.SandboxPolicy;

/** Hands an {@link Observer} the engine's events. The engine makes it when it is first asked for. */
@TruffleInstrument.Registration(
    id = ObserverInstrument.ID,
    name = "Observer of program execution",
    services = ObserverInstrument.Events.class,
    sandbox = SandboxPolicy.CONSTRAINED)
final class ObserverInstrument extends TruffleInstrument {
  static final String ID = "mallard-observer";

  /** Where events come from. */
  record Events(Env environment) {}

  @Override
  protected void onCreate(Env environment) {
    environment.registerService(new Events(environment));
  }
}
