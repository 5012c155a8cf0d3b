package dev.mallard.sandbox.executor;

/** Where a program prints. */
public enum OutputStreamKind {
  STANDARD_OUTPUT,
  STANDARD_ERROR
}
