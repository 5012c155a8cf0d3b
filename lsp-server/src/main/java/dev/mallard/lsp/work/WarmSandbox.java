package dev.mallard.lsp.work;

import dev.mallard.sandbox.Sandbox;
import java.util.Optional;
import java.util.function.Supplier;

/** The sandbox, started by the first who needs it. May be used by several threads. */
public final class WarmSandbox implements AutoCloseable {
  private final Supplier<Sandbox> starter;
  private Optional<Sandbox> started = Optional.empty();
  private boolean closed;

  public WarmSandbox(Supplier<Sandbox> starter) {
    this.starter = starter;
  }

  /**
   * The sandbox; it is not to be closed by the caller.
   *
   * @throws IllegalStateException if the server ends
   */
  public synchronized Sandbox get() {
    if (closed) {
      throw new IllegalStateException("the server ends");
    }
    Sandbox sandbox = started.orElseGet(starter);
    started = Optional.of(sandbox);
    return sandbox;
  }

  @Override
  public synchronized void close() {
    closed = true;
    started.ifPresent(Sandbox::close);
    started = Optional.empty();
  }
}
