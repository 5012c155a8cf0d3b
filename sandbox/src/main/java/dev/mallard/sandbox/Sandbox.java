package dev.mallard.sandbox;

import java.util.Optional;

/**
 * Runs untrusted programs where they can harm nothing, and says what happened.
 *
 * <p>A sandbox may be used by several threads. Each program starts from a fresh state: nothing of
 * an earlier program is left for it to see.
 */
public interface Sandbox extends AutoCloseable {

  /**
   * Runs a program, then all of its tests.
   *
   * @return what happened; an untrusted program never makes this throw
   * @throws MalformedTestsException if the tests do not parse; see {@link #check}
   * @throws InterruptedException if the calling thread is interrupted; the program is stopped
   * @throws UnconfinedException if this machine lacks what confines programs of that language
   * @throws SandboxException if the sandbox itself is broken
   */
  Report run(Execution execution) throws InterruptedException;

  /**
   * Says whether a test suite parses, without running anything.
   *
   * @return what is wrong with it, and where in its source; empty if it parses
   * @throws InterruptedException if the calling thread is interrupted
   * @throws UnconfinedException if it turns out that nothing here confines programs of that
   *     language
   * @throws SandboxException if the sandbox itself is broken
   */
  Optional<Verdict.Malformed> check(ProgramLanguage language, TestSuite tests)
      throws InterruptedException;

  /** Stops all work and ends every process of the sandbox. Idempotent. */
  @Override
  void close();
}
