package dev.mallard.sandbox.python;

import dev.mallard.sandbox.Verdict.Crashed;
import dev.mallard.sandbox.Verdict.Malformed;
import dev.mallard.sandbox.Verdict.Test;
import dev.mallard.sandbox.python.PythonContext.Raised;
import java.util.Optional;
import java.util.Set;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.SourceSection;
import org.graalvm.polyglot.Value;

/** Says in Python's terms what the engine has thrown. */
final class PythonErrors {
  private static final int LONGEST_MESSAGE = 1000;

  /** Exceptions that come from what a program does itself, not from where it is interrupted. */
  private static final Set<String> ORDERLY =
      Set.of(
          "AssertionError",
          "AttributeError",
          "EOFError",
          "Exception",
          "IndexError",
          "KeyError",
          "NameError",
          "NotImplementedError",
          "OverflowError",
          "RuntimeError",
          "StopIteration",
          "TypeError",
          "UnboundLocalError",
          "UnicodeDecodeError",
          "UnicodeEncodeError",
          "ValueError",
          "ZeroDivisionError");

  private PythonErrors() {}

  /** Whether an exception of that type leaves the interpreter whole. */
  static boolean isOrderly(String type) {
    return ORDERLY.contains(type);
  }

  static Malformed whileParsing(PolyglotException e) {
    String message =
        Optional.ofNullable(e.getMessage())
            .map(text -> text.replaceFirst(" \\(program\\.py, line \\d+\\)$", ""))
            .orElse("SyntaxError");
    SourceSection where = e.getSourceLocation();
    return where == null || !where.isAvailable()
        ? new Malformed(cut(message), 1, 1)
        : new Malformed(cut(message), where.getStartLine(), where.getStartColumn());
  }

  /** The Python exception that came up; empty where it was something else. */
  static Optional<Raised> raised(PolyglotException e, PythonContext context) {
    Value exception = e.getGuestObject();
    boolean plainExit = e.isExit() && e.getMessage() == null;
    if (plainExit || exception == null || !exception.isException()) {
      return Optional.empty();
    }
    try {
      return Optional.of(context.describe(exception));
    } catch (PolyglotException again) {
      return Optional.empty(); // Its __str__ ends the process, or something as odd.
    }
  }

  /**
   * Whether the exception says that memory has run out.
   *
   * <p>GraalPy's sequences have at most 2^31 elements, and it raises {@code OverflowError} for what
   * CPython would try and raise {@code MemoryError}, such as {@code 'x' * 10**12}.
   */
  static boolean isOutOfMemory(Raised raised) {
    return raised.type().equals("MemoryError")
        || (raised.type().equals("OverflowError")
            && raised.message().equals("cannot fit 'int' into an index-sized integer"));
  }

  /** What is left: the program ended the process, or asked for what the engine refuses. */
  static Crashed withoutException(PolyglotException e, Optional<Test> test, int testsPassed) {
    String message = Optional.ofNullable(e.getMessage()).orElse("");
    if (e.isExit()) {
      return crashed("SystemExit", "exit status " + e.getExitStatus(), test, testsPassed);
    }
    if (message.startsWith("java.lang.SecurityException")
        || message.contains("UnsupportedPosixFeatureException")) {
      return crashed("PermissionError", "[Errno 1] Operation not permitted", test, testsPassed);
    }
    if (message.contains("Creating threads is not allowed")) {
      return crashed("RuntimeError", "can't start new thread", test, testsPassed);
    }
    if (e.isResourceExhausted()) {
      return crashed("RecursionError", "maximum recursion depth exceeded", test, testsPassed);
    }
    return broken(e, test, testsPassed);
  }

  /** The engine has failed on this program. */
  static Crashed broken(RuntimeException e, Optional<Test> test, int testsPassed) {
    return crashed("SystemError", "the Python engine failed: " + e.getMessage(), test, testsPassed);
  }

  private static Crashed crashed(
      String type, String message, Optional<Test> test, int testsPassed) {
    return new Crashed(type, cut(message), Optional.empty(), test, testsPassed);
  }

  private static String cut(String message) {
    return message.length() <= LONGEST_MESSAGE
        ? message
        : message.substring(0, LONGEST_MESSAGE) + " ...";
  }
}
