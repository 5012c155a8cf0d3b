package dev.mallard.generator.transcript;

import dev.mallard.generator.loop.Attempt;
import dev.mallard.sandbox.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * What came of running the programs of a recording again.
 *
 * @param programs runs: the distinct programs, each on each of the suites that it was recorded with
 * @param differences what was recorded otherwise
 */
public record Verification(int programs, List<Difference> differences) {
  public Verification {
    differences = List.copyOf(differences);
  }

  /**
   * A verdict that is another one now.
   *
   * @param attempt whose program it was; of {@code hidden} the final one
   * @param hidden whether the tests were the hidden ones
   * @param recorded what the recording says
   * @param now what happened now
   */
  public record Difference(Attempt attempt, boolean hidden, Verdict recorded, Verdict now) {}

  /** What two runs must agree on; a number of tests only where the verdict has one. */
  private record Essence(Class<? extends Verdict> kind, int tests, Optional<String> type) {}

  /** Whether two verdicts are the same but for times, texts and places. */
  static boolean agree(Verdict one, Verdict other) {
    return essence(one).equals(essence(other));
  }

  private static Essence essence(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Passed passed -> of(passed, passed.tests());
      case Verdict.Failed failed -> of(failed, failed.testsPassed());
      case Verdict.Crashed crashed ->
          new Essence(crashed.getClass(), crashed.testsPassed(), Optional.of(crashed.type()));
      case Verdict.TimedOut timedOut -> of(timedOut, timedOut.testsPassed());
      case Verdict.OutOfMemory outOfMemory -> of(outOfMemory, 0);
      case Verdict.Malformed malformed -> of(malformed, 0);
    };
  }

  private static Essence of(Verdict verdict, int tests) {
    return new Essence(verdict.getClass(), tests, Optional.empty());
  }
}
