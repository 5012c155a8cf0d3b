package dev.mallard.sandbox;

/**
 * Programs of a language cannot be run on this machine because nothing here confines them. The
 * message is one sentence for the user, and says what to install or allow.
 */
public final class UnconfinedException extends SandboxException {
  private static final long serialVersionUID = 1L;

  public UnconfinedException(String message) {
    super(message, null);
  }
}
