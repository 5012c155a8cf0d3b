package dev.mallard.sandbox.jvm;

import dev.mallard.sandbox.Verdict.Malformed;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/** What came of compiling a source text. */
sealed interface Compilation {
  /**
   * It compiles.
   *
   * @param packageName empty for the unnamed package
   * @param imports its import declarations, without semicolons
   * @param types simple names of its top-level types
   * @param classes class files by binary name, in the order of the source
   * @param statementLines lines on which a statement, or a field that has a value, begins
   */
  record Compiled(
      String packageName,
      List<String> imports,
      List<String> types,
      Map<String, byte[]> classes,
      SortedSet<Integer> statementLines)
      implements Compilation {}

  /** It does not. */
  record Rejected(Malformed problem) implements Compilation {}

  /** The compiler takes too long, and goes on: nothing stops it but the end of the process. */
  record Unfinished() implements Compilation {}
}
