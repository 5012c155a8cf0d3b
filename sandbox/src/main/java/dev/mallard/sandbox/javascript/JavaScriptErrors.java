package dev.mallard.sandbox.javascript;

import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.Verdict.Crashed;
import dev.mallard.sandbox.Verdict.Malformed;
import dev.mallard.sandbox.Verdict.OutOfMemory;
import dev.mallard.sandbox.Verdict.Test;
import java.util.Optional;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.PolyglotException.StackFrame;
import org.graalvm.polyglot.SourceSection;
import org.graalvm.polyglot.Value;

/** Says in JavaScript's terms what the engine has thrown. */
final class JavaScriptErrors {
  private static final int LONGEST_MESSAGE = 1000;

  private JavaScriptErrors() {}

  static Malformed whileParsing(PolyglotException e) {
    String message =
        Optional.ofNullable(e.getMessage())
            .map(text -> text.lines().findFirst().orElse(""))
            .map(text -> text.replaceFirst("(program|tests)\\.js:\\d+:\\d+ ", ""))
            .orElse("SyntaxError");
    SourceSection where = e.getSourceLocation();
    return where == null || !where.isAvailable()
        ? new Malformed(cut(message), 1, 1)
        : new Malformed(cut(message), where.getStartLine(), where.getStartColumn());
  }

  /**
   * What an exception that reached the top means.
   *
   * @param test the test that was running
   */
  static Verdict verdict(
      RuntimeException thrown, JavaScriptContext context, int heapMebibytes, Optional<Test> test) {
    if (!(thrown instanceof PolyglotException e)) {
      return broken(thrown, test);
    }
    if (e.isResourceExhausted() || e.isInternalError()) {
      String message = Optional.ofNullable(e.getMessage()).orElse("");
      if (message.contains("OutOfMemoryError")) {
        return new OutOfMemory(heapMebibytes, test);
      }
      if (message.contains("StackOverflowError") || message.contains("stack")) {
        return crashed("RangeError", "Maximum call stack size exceeded", line(e), test);
      }
      return broken(e, test);
    }
    Value thrownValue = e.getGuestObject();
    if (thrownValue == null) {
      String message = Optional.ofNullable(e.getMessage()).orElse("");
      return message.contains("call stack")
          ? crashed("RangeError", "Maximum call stack size exceeded", line(e), test)
          : crashed("Error", message, line(e), test);
    }
    try {
      Value description = context.describe(thrownValue);
      return crashed(
          description.getArrayElement(0).asString(),
          description.getArrayElement(1).asString().lines().findFirst().orElse(""),
          line(e),
          test);
    } catch (PolyglotException again) {
      return crashed("Error", Optional.ofNullable(e.getMessage()).orElse(""), line(e), test);
    }
  }

  static Crashed exited(int status, Optional<Test> test) {
    return crashed("process.exit", "exit status " + status, Optional.empty(), test);
  }

  /** The line of the program's innermost frame. */
  private static Optional<Integer> line(PolyglotException e) {
    for (StackFrame frame : e.getPolyglotStackTrace()) {
      SourceSection where = frame.isGuestFrame() ? frame.getSourceLocation() : null;
      if (where != null && where.getSource().getName().equals(JavaScriptSources.PROGRAM)) {
        return Optional.of(where.getStartLine());
      }
    }
    return Optional.empty();
  }

  private static Crashed broken(RuntimeException e, Optional<Test> test) {
    return crashed(
        "SystemError", "the JavaScript engine failed: " + e.getMessage(), Optional.empty(), test);
  }

  static Crashed crashed(String type, String message, Optional<Integer> line, Optional<Test> test) {
    return new Crashed(cut(type), cut(message), line, test, 0);
  }

  static String cut(String text) {
    return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE) + " ...";
  }
}
