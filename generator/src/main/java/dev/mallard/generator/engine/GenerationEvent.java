package dev.mallard.generator.engine;

import dev.mallard.generator.model.Completion;
import java.util.List;

/** What the scheduler tells the thread that waits for a request. */
sealed interface GenerationEvent {
  /** More text of a candidate. */
  record Text(int candidate, String text) implements GenerationEvent {}

  /** The request took part in a step, whose texts were told before. */
  record Step() implements GenerationEvent {}

  /** All candidates have ended. */
  record Done(List<Completion> completions) implements GenerationEvent {}

  /** What broke, so that there will be no completions. */
  record Failed(Throwable cause) implements GenerationEvent {}
}
