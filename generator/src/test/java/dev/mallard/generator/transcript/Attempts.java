package dev.mallard.generator.transcript;

import dev.mallard.generator.loop.Attempt;
import dev.mallard.generator.loop.Event;
import dev.mallard.generator.loop.TurnKind;
import dev.mallard.generator.model.Completion;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.Verdict;
import java.time.Duration;
import java.util.OptionalInt;

/** Attempts of a turn. */
record Attempts(int turn) {
  Event.AttemptCompleted of(int candidate, Completion completion) {
    return of(candidate, completion, "", new Verdict.Malformed("no code", 1, 1));
  }

  Event.AttemptCompleted of(int candidate, Completion completion, String program, Verdict verdict) {
    return new Event.AttemptCompleted(
        new Attempt(
            turn,
            candidate,
            TurnKind.FRESH,
            completion,
            program,
            new Report(verdict, "", "", Duration.ZERO),
            OptionalInt.empty(),
            Duration.ZERO));
  }
}
