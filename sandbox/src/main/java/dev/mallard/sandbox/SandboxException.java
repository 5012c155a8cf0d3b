package dev.mallard.sandbox;

import org.jspecify.annotations.Nullable;

/** The sandbox itself is broken or cannot start; never the fault of the program that it ran. */
public sealed class SandboxException extends RuntimeException permits UnconfinedException {
  private static final long serialVersionUID = 1L;

  public SandboxException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
