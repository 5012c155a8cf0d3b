package dev.mallard.sandbox.executor;

import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.Verdict.Malformed;
import java.util.Optional;

/**
 * Runs programs of one language. Lives in a worker process, and is used by one thread at a time.
 */
public interface Executor extends AutoCloseable {
  /**
   * Makes ahead what the next program will need, such as a fresh context. Called when no program
   * waits; {@link #execute} makes what is missing.
   *
   * @return whether there is more to make: if so, this is called again while no program waits
   */
  boolean prepare();

  /**
   * Says whether a test suite parses, or is of a style that the language does not have.
   *
   * @return what is wrong with it, and where; empty if nothing is
   */
  Optional<Malformed> check(TestSuite tests);

  /**
   * Runs a program and its tests. Returns when all is over and nothing of the program runs any
   * longer.
   *
   * <p>Whatever the program does, the listener is told, in this order: {@link
   * ExecutionListener#started} once, unless the program does not parse; then tests and output as
   * they come; then {@link ExecutionListener#finished} once.
   *
   * @throws dev.mallard.sandbox.MalformedTestsException if the tests are not as {@link #check}
   *     wants them; then the listener has been told nothing
   * @throws dev.mallard.sandbox.UnconfinedException if nothing here confines the program; likewise
   */
  void execute(Execution execution, ExecutionListener listener);

  /**
   * Asks what runs now to stop, from any thread; its verdict is then that time is up. Without
   * effect where nothing runs, or nothing can be stopped.
   */
  default void cancel() {}

  /** Ends what was made ahead. */
  @Override
  void close();
}
