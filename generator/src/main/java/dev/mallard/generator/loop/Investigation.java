package dev.mallard.generator.loop;

import dev.mallard.generator.model.Message;
import dev.mallard.generator.problem.Problem;
import dev.mallard.sandbox.Report;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** One program that did not pass, and the means to find out why. */
public interface Investigation {
  Problem problem();

  /** The program, and what came of it. */
  Attempt attempt();

  /**
   * The run of the program on the visible tests once more, with the trace of the first that does
   * not pass where the language has traces.
   *
   * @throws InterruptedException if the calling thread is interrupted
   */
  Report traced() throws InterruptedException;

  /**
   * Asks the model, greedily, and pays from the search's budget.
   *
   * @param examples messages that show how to answer; left out if they do not fit
   * @param question the user's message
   * @param maxTokens longest answer
   * @param isWhole whether an answer that goes so far says all that is of use; asked as {@link
   *     dev.mallard.generator.model.GenerationListener#isComplete} is
   * @return what the model says; empty if the context or the budget has no room for it
   * @throws InterruptedException if the calling thread is interrupted
   */
  Optional<String> ask(
      List<Message> examples, String question, int maxTokens, Predicate<String> isWhole)
      throws InterruptedException;

  /** Characters of a trace, or of what a program has printed, that a prompt has room for. */
  int roomForData();
}
