package dev.mallard.sandbox.polyglot;

import com.oracle.truffle.api.instrumentation.TruffleInstrument;
import com.oracle.truffle.api.instrumentation.provider.TruffleInstrumentProvider;
import java.util.Collection;
import java.util.List;
import org.graalvm.polyglot.SandboxPolicy;

/** Makes the {@link ObserverInstrument} known to the engine, which finds this as a service. */
@TruffleInstrument.Registration(
    id = ObserverInstrument.ID,
    name = "Observer of program execution",
    services = ObserverInstrument.Events.class,
    sandbox = SandboxPolicy.CONSTRAINED)
public final class ObserverInstrumentProvider extends TruffleInstrumentProvider {
  @Override
  protected String getInstrumentClassName() {
    return ObserverInstrument.class.getName();
  }

  @Override
  protected Object create() {
    return new ObserverInstrument();
  }

  @Override
  protected Collection<String> getServicesClassNames() {
    return List.of(ObserverInstrument.Events.class.getName());
  }
}
