package dev.mallard.sandbox.runner;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Describes what was thrown, without trusting the class of it. */
final class Problems {
  private final Set<String> programClasses = new HashSet<>();
  private final Set<String> testClasses = new HashSet<>();

  Problems(Job job) {
    job.programClasses().forEach(classFile -> programClasses.add(classFile.name()));
    job.testClasses().forEach(classFile -> testClasses.add(classFile.name()));
    programClasses.removeAll(testClasses);
  }

  Problem describe(Throwable thrown) {
    Throwable shown = unwrapped(thrown);
    int line = 0;
    boolean ofTests = false;
    boolean known = false;
    for (StackTraceElement element : stackTrace(shown)) {
      boolean inProgram = programClasses.contains(element.getClassName());
      if (!known && (inProgram || testClasses.contains(element.getClassName()))) {
        known = true;
        ofTests = !inProgram && shown instanceof AssertionError;
      }
      if (inProgram && element.getLineNumber() > 0) {
        line = element.getLineNumber();
        break;
      }
    }
    return new Problem(
        typeName(shown.getClass()),
        message(shown),
        line,
        ofTests,
        shown instanceof OutOfMemoryError);
  }

  /** What an initializer of a class threw is what matters. */
  private static Throwable unwrapped(Throwable thrown) {
    try {
      if (thrown instanceof ExceptionInInitializerError && thrown.getCause() != null) {
        return thrown.getCause();
      }
    } catch (Throwable e) {
      // An overridden getCause.
    }
    return thrown;
  }

  private static List<StackTraceElement> stackTrace(Throwable thrown) {
    try {
      return List.of(thrown.getStackTrace());
    } catch (Throwable e) { // The program's own getStackTrace, which may do anything.
      return List.of();
    }
  }

  static String typeName(Class<?> type) {
    String name = type.getName();
    return name.substring(name.lastIndexOf('.') + 1).replace('$', '.');
  }

  static String message(Throwable thrown) {
    try {
      @Nullable String message = thrown.getMessage();
      return message == null ? "" : ValueText.cut(message);
    } catch (Throwable e) { // The program's own getMessage, which may do anything.
      return "";
    }
  }
}
