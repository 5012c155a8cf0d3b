package dev.mallard.generator.transcript;

import dev.mallard.sandbox.Verdict;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** A verdict as JSON, and back. */
final class VerdictJson {
  private VerdictJson() {}

  static void put(ObjectNode node, Verdict verdict) {
    switch (verdict) {
      case Verdict.Passed passed -> node.put("kind", "passed").put("tests", passed.tests());
      case Verdict.Failed failed -> {
        node.put("kind", "failed").put("tests_passed", failed.testsPassed());
        putTest(node, Optional.of(failed.test()));
        failed
            .comparison()
            .ifPresent(sides ->
                node.putObject("comparison")
                    .put("expression", sides.expression())
                    .put("actual", sides.actual())
                    .put("expected", sides.expected()));
        failed.message().ifPresent(message -> node.put("message", message));
      }
      case Verdict.Crashed crashed -> {
        node.put("kind", "crashed")
            .put("tests_passed", crashed.testsPassed())
            .put("type", crashed.type())
            .put("message", crashed.message());
        crashed.line().ifPresent(line -> node.put("line", line));
        putTest(node, crashed.test());
      }
      case Verdict.TimedOut timedOut -> {
        node.put("kind", "timed_out")
            .put("tests_passed", timedOut.testsPassed())
            .put("limit_seconds", Seconds.of(timedOut.limit()));
        putTest(node, timedOut.test());
      }
      case Verdict.OutOfMemory outOfMemory -> {
        node.put("kind", "out_of_memory").put("limit_mebibytes", outOfMemory.limitMebibytes());
        putTest(node, outOfMemory.test());
      }
      case Verdict.Malformed malformed ->
          node.put("kind", "malformed")
              .put("message", malformed.message())
              .put("line", malformed.line())
              .put("column", malformed.column());
    }
  }

  static void putTest(ObjectNode node, Optional<Verdict.Test> test) {
    test.ifPresent(t -> node.putObject("test").put("number", t.number()).put("source", t.source()));
  }

  /** The verdict of an object; an {@link IllegalArgumentException} if there is none. */
  static Verdict read(JsonFields fields) {
    return switch (fields.text("kind")) {
      case "passed" -> new Verdict.Passed(fields.integer("tests"));
      case "failed" ->
          new Verdict.Failed(
              test(fields.object("test")),
              fields
                  .optionalObject("comparison")
                  .map(sides ->
                      new Verdict.Comparison(
                          sides.text("expression"), sides.text("actual"), sides.text("expected"))),
              fields.optionalText("message"),
              fields.integer("tests_passed"));
      case "crashed" ->
          new Verdict.Crashed(
              fields.text("type"),
              fields.text("message"),
              fields.optionalInteger("line"),
              optionalTest(fields),
              fields.integer("tests_passed"));
      case "timed_out" ->
          new Verdict.TimedOut(
              fields.seconds("limit_seconds"),
              optionalTest(fields),
              fields.integer("tests_passed"));
      case "out_of_memory" ->
          new Verdict.OutOfMemory(fields.integer("limit_mebibytes"), optionalTest(fields));
      case "malformed" ->
          new Verdict.Malformed(
              fields.text("message"), fields.integer("line"), fields.integer("column"));
      default -> throw new IllegalArgumentException("there is no such \"kind\" of verdict");
    };
  }

  private static Optional<Verdict.Test> optionalTest(JsonFields fields) {
    return fields.optionalObject("test").map(VerdictJson::test);
  }

  static Verdict.Test test(JsonFields fields) {
    return new Verdict.Test(fields.integer("number"), fields.text("source"));
  }
}
