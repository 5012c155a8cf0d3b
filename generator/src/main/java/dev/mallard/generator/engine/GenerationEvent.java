package dev.mallard.generator.engine;

import dev.mallard.generator.model.Completion;
import java.util.List;

/** What the scheduler tells the thread that waits for a request. */
sealed interface GenerationEvent {
  /** More text of a candidate. */
  record Text(int candidate, String text) implements GenerationEvent {}

  /**
   * The request went on by a token of its candidates, whose texts were told before.
   *
   * @param soFar what there would be if it were cancelled now; later tokens are not in it
   */
  record Step(List<Completion> soFar) implements GenerationEvent {
    public Step {
      soFar = List.copyOf(soFar);
    }
  }

  /** All candidates have ended. */
  record Done(List<Completion> completions) implements GenerationEvent {}

  /** What broke, so that there will be no completions. */
  record Failed(Throwable cause) implements GenerationEvent {}
}
