package dev.mallard.generator.comparison;

/** An engine with the model loaded. */
@FunctionalInterface
public interface Engine {

  /**
   * Answers a prompt greedily, and reuses nothing of prompts before. Called by several threads at
   * once.
   *
   * @param tokens the answer's length, unless the model ends it earlier
   */
  Answer answer(ChatPrompt prompt, int tokens) throws InterruptedException;
}
