package dev.mallard.sandbox.runner;

/** A value has no counterpart of the type that a parameter has. */
final class CoercionException extends Exception {
  private static final long serialVersionUID = 1L;

  CoercionException(String message) {
    super(message);
  }
}
