package dev.mallard.generator.feedback;

import dev.mallard.generator.loop.Attempt;
import dev.mallard.generator.loop.Feedback;
import dev.mallard.generator.loop.FeedbackStrategy;
import dev.mallard.generator.loop.Investigation;
import dev.mallard.generator.prompt.Quoted;
import dev.mallard.sandbox.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * Says which test failed and how, as the unit-test feedback of "Teaching Large Language Models to
 * Self-Debug" (Chen et al., arXiv 2304.05128) does: the expected and the actual value, or the
 * exception and its line.
 */
public final class UnitTestFeedback implements FeedbackStrategy {
  /** Longest value, message or source line that is quoted, in characters. */
  private static final int QUOTE_LENGTH = 300;

  @Override
  public Feedback explain(Investigation investigation) {
    return explain(investigation.attempt(), investigation.problem().language().displayName());
  }

  /**
   * What happened to a program.
   *
   * @param language what people call the program's language
   */
  static Feedback explain(Attempt attempt, String language) {
    return new Feedback(
        switch (attempt.report().verdict()) {
          case Verdict.Passed passed -> "All %d tests passed.".formatted(passed.tests());
          case Verdict.Failed failed -> failed(failed);
          case Verdict.Crashed crashed -> crashed(crashed, attempt.program());
          case Verdict.TimedOut timedOut ->
              "%s did not end within %d seconds. There is an endless loop, or it is too slow."
                  .formatted(subject(timedOut.test()), timedOut.limit().toSeconds());
          case Verdict.OutOfMemory outOfMemory ->
              "%s used more than %d MiB of memory."
                  .formatted(subject(outOfMemory.test()), outOfMemory.limitMebibytes());
          case Verdict.Malformed malformed when attempt.program().isEmpty() ->
              "The answer has no %s code in it.".formatted(language);
          case Verdict.Malformed malformed ->
              "The program is not valid %s: %s, in line %d%s."
                  .formatted(
                      language,
                      quote(malformed.message()),
                      malformed.line(),
                      sourceLine(attempt.program(), malformed.line()));
        });
  }

  private static String failed(Verdict.Failed failed) {
    StringBuilder text = new StringBuilder();
    text.append("The test `%s` failed.".formatted(quote(failed.test().source())));
    failed
        .comparison()
        .ifPresent(sides ->
            text.append(
                "\n`%s` gave `%s`, but it must give `%s`."
                    .formatted(
                        quote(sides.expression()),
                        quote(sides.actual()),
                        quote(sides.expected()))));
    failed
        .message()
        .ifPresent(message -> text.append("\nThe test says: %s".formatted(quote(message))));
    return text.toString();
  }

  private static String crashed(Verdict.Crashed crashed, String program) {
    StringBuilder text = new StringBuilder();
    text.append("%s raised %s".formatted(subject(crashed.test()), quote(crashed.type())));
    if (!crashed.message().isBlank()) {
      text.append(": ").append(quote(crashed.message()));
    }
    crashed
        .line()
        .ifPresent(
            line -> text.append(", in line %d%s".formatted(line, sourceLine(program, line))));
    text.append('.');
    advice(crashed).ifPresent(advice -> text.append('\n').append(advice));
    return text.toString();
  }

  /** What a small model does not conclude from the exception by itself. */
  private static Optional<String> advice(Verdict.Crashed crashed) {
    return switch (crashed.type()) {
      case "EOFError" -> Optional.of("There is no input: do not call input().");
      case "SystemExit" -> Optional.of("The program must not exit.");
      case "RecursionError" -> Optional.of("The recursion never ends.");
      case "NameError" ->
          crashed.test().isPresent() && crashed.line().isEmpty()
              ? Optional.of("The program must define this name, spelled exactly so.")
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static String subject(Optional<Verdict.Test> test) {
    return test.map(t -> "The test `%s`".formatted(quote(t.source()))).orElse("The program");
  }

  private static String sourceLine(String program, int line) {
    List<String> lines = program.lines().toList();
    return line >= 1 && line <= lines.size()
        ? " (`%s`)".formatted(quote(lines.get(line - 1).strip()))
        : "";
  }

  private static String quote(String text) {
    return Quoted.line(text, QUOTE_LENGTH);
  }
}
