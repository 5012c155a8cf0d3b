package dev.mallard.sandbox;

/** What an execution can be asked to record besides its verdict; each costs time. */
public enum Observation {
  /** The {@link Trace} of the first test that does not pass. */
  TRACE,
  /** The {@link Coverage} of the program by its tests. */
  COVERAGE
}
