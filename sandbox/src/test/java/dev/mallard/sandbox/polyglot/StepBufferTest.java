package dev.mallard.sandbox.polyglot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.sandbox.Trace.Line;
import dev.mallard.sandbox.Trace.Omitted;
import dev.mallard.sandbox.Trace.Raised;
import dev.mallard.sandbox.Trace.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class StepBufferTest {
  /** Each step carries its number, so that what is kept can be told. */
  private static Step step(int number, boolean raises) {
    return raises
        ? new Raised(Integer.toString(number), "")
        : new Line(number, List.of(), Optional.empty());
  }

  private static List<Step> all(List<Boolean> raises) {
    List<Step> steps = new ArrayList<>();
    for (int number = 0; number < raises.size(); number++) {
      steps.add(step(number, raises.get(number)));
    }
    return steps;
  }

  private static List<Step> kept(List<Step> steps) {
    StepBuffer buffer = new StepBuffer();
    steps.forEach(buffer::add);
    return buffer.steps();
  }

  @Provide
  Arbitrary<List<Boolean>> executions() {
    Arbitrary<Boolean> seldom =
        Arbitraries.frequency(Tuple.of(60, false), Tuple.of(1, true));
    Arbitrary<Boolean> often = Arbitraries.of(false, true);
    return Arbitraries.oneOf(
        seldom.list().ofMaxSize(3000), often.list().ofMaxSize(1500), seldom.list().ofMaxSize(450));
  }

  @Property(tries = 300)
  void thereAreNeverMoreStepsThanTheBound(@ForAll("executions") List<Boolean> raises) {
    assertThat(kept(all(raises))).hasSizeLessThanOrEqualTo(StepBuffer.BOUND);
  }

  @Property(tries = 300)
  void theStartAndTheEndAreKept(@ForAll("executions") List<Boolean> raises) {
    List<Step> steps = all(raises);
    List<Step> kept = kept(steps);
    int length = Math.min(steps.size(), StepBuffer.END);
    assertThat(kept.subList(0, length)).isEqualTo(steps.subList(0, length));
    assertThat(kept.subList(kept.size() - length, kept.size()))
        .isEqualTo(steps.subList(steps.size() - length, steps.size()));
  }

  @Property(tries = 300)
  void whatIsOmittedAddsUpAndTheOrderIsKept(@ForAll("executions") List<Boolean> raises) {
    List<Step> steps = all(raises);
    int next = 0;
    for (Step step : kept(steps)) {
      if (step instanceof Omitted(long count)) {
        assertThat(count).isPositive();
        next += Math.toIntExact(count);
      } else {
        assertThat(step).isEqualTo(steps.get(next));
        next++;
      }
    }
    assertThat(next).isEqualTo(steps.size());
  }

  @Property(tries = 300)
  void whatIsAroundTheLatestExceptionsIsKept(@ForAll("executions") List<Boolean> raises) {
    List<Step> steps = all(raises);
    TreeSet<Integer> places = new TreeSet<>();
    for (int number = StepBuffer.END; number < raises.size(); number++) {
      if (raises.get(number)) {
        places.add(number);
      }
    }
    List<Step> kept = kept(steps);
    places.descendingSet().stream()
        .limit(StepBuffer.PLACES)
        .forEach(
            place ->
                assertThat(kept)
                    .containsAll(
                        steps.subList(
                            place - StepBuffer.BEFORE,
                            Math.min(steps.size(), place + StepBuffer.AFTER))));
  }

  @Example
  void aShortTraceIsKeptWhole() {
    List<Step> steps = all(List.of(false, true, false));
    assertThat(kept(steps)).isEqualTo(steps);
  }

  @Example
  void aLongTraceHasAGapBetweenItsStartAndItsEnd() {
    List<Step> kept = kept(all(Collections.nCopies(1_000, false)));
    assertThat(kept).hasSize(401);
    assertThat(kept.get(200)).isEqualTo(new Omitted(600));
  }
}
