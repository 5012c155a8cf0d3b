package dev.mallard.generator.feedback;

import dev.mallard.generator.loop.Attempt;
import dev.mallard.generator.loop.Investigation;
import dev.mallard.generator.loop.TurnKind;
import dev.mallard.generator.model.Completion;
import dev.mallard.generator.model.Message;
import dev.mallard.generator.problem.Problem;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.Trace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** A program with a known report and trace; the model's answer is given, its questions are kept. */
final class FakeInvestigation implements Investigation {
  private final Problem problem;
  private final Attempt attempt;
  private final Report report;
  private final Optional<String> answer;
  private String heard = "";
  private final List<Message> asked = new ArrayList<>();

  FakeInvestigation(
      Problem problem,
      String program,
      Report report,
      Optional<Trace> trace,
      Optional<String> answer) {
    this.problem = problem;
    this.attempt =
        new Attempt(
            1,
            0,
            TurnKind.FRESH,
            new Completion("", Completion.Finish.END, 1, 1, 0),
            program,
            report,
            OptionalInt.empty(),
            Duration.ZERO);
    this.report =
        new Report(
            report.verdict(), "", "", Duration.ZERO, report.tests(), trace, Optional.empty());
    this.answer = answer;
  }

  /** All messages of all questions. */
  List<Message> asked() {
    return asked;
  }

  @Override
  public Problem problem() {
    return problem;
  }

  @Override
  public Attempt attempt() {
    return attempt;
  }

  @Override
  public Report traced() {
    return report;
  }

  @Override
  public Optional<String> ask(
      List<Message> examples, String question, int maxTokens, Predicate<String> isWhole) {
    asked.addAll(examples);
    asked.add(Message.user(question));
    Optional<String> whole = answer.map(text -> asFarAs(isWhole, text));
    heard = whole.orElse("");
    return whole;
  }

  /** What was listened to of the last answer. */
  String heard() {
    return heard;
  }

  private static String asFarAs(Predicate<String> isWhole, String text) {
    return IntStream.rangeClosed(1, text.length())
        .mapToObj(end -> text.substring(0, end))
        .filter(isWhole)
        .findFirst()
        .orElse(text);
  }

  @Override
  public int roomForData() {
    return 2000;
  }
}
