package dev.mallard.generator.loop;

/** Turns what happened to a program into words for the model. */
@FunctionalInterface
public interface FeedbackStrategy {

  /**
   * Says what is wrong with a program that did not pass; nothing, if this way of looking at it
   * finds nothing.
   *
   * @throws InterruptedException if the calling thread is interrupted
   */
  Feedback explain(Investigation investigation) throws InterruptedException;
}
