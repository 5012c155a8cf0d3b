package dev.mallard.sandbox;

/** A language that the sandbox knows. */
public enum GuestLanguage implements ProgramLanguage {
  /** Python 3.12, run by GraalPy. */
  PYTHON,
  /** ECMAScript 2025, run by GraalJS, with a few of Node's modules. */
  JAVASCRIPT,
  /** Java 25, compiled in memory and run in a JVM that the operating system confines. */
  JAVA,
  /** A query in SQLite's dialect, against a database that the tests build. */
  SQL
}
