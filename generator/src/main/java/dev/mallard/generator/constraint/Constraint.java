package dev.mallard.generator.constraint;

import dev.mallard.generator.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * What one text that is being written is held to. Not for several threads at once, though it works
 * in one of its own.
 */
public final class Constraint {
  /** A place, and what may come there. */
  private record Step(ProgramCursor cursor, AllowedTokens allowed) {
    static Step at(ProgramCursor cursor) {
      return new Step(
          cursor, cursor.isClosed() ? new AllowedTokens(new long[0], true) : cursor.allowed());
    }
  }

  private final Tokenizer tokenizer;
  private final Executor thread;
  private CompletableFuture<Step> current;

  /** After the current place and guessed tokens, as far as these are allowed. */
  private final List<CompletableFuture<Step>> ahead = new ArrayList<>();

  private int[] guessed = {};

  Constraint(Tokenizer tokenizer, Executor thread, CompletableFuture<ProgramCursor> start) {
    this.tokenizer = tokenizer;
    this.thread = thread;
    this.current = start.thenApplyAsync(Step::at, thread);
  }

  private Constraint(Constraint other) {
    tokenizer = other.tokenizer;
    thread = other.thread;
    current = other.current;
  }

  /** Another text that has begun like this one. */
  public Constraint fork() {
    return new Constraint(this);
  }

  /**
   * Begins to work out what may come after tokens that are likely to be next.
   *
   * @param tokens may turn out not to be allowed
   */
  public void expect(int[] tokens) {
    ahead.clear();
    guessed = tokens.clone();
    CompletableFuture<Step> last = current;
    for (int token : tokens) {
      last = after(last, token);
      ahead.add(last);
    }
  }

  private CompletableFuture<Step> after(CompletableFuture<Step> step, int token) {
    return step.thenApplyAsync(before -> after(before, token), thread);
  }

  private Step after(Step before, int token) {
    // Of a guess that is not allowed nobody asks what comes after it.
    return before.allowed().has(token)
        ? Step.at(before.cursor().after(tokenizer.bytes(token)))
        : before;
  }

  /** Goes on by an allowed token that is no end token. */
  public void accept(int token) {
    if (guessed.length > 0 && guessed[0] == token) {
      current = ahead.removeFirst();
      guessed = Arrays.copyOfRange(guessed, 1, guessed.length);
    } else {
      current = after(current, token);
      ahead.clear();
      guessed = new int[0];
    }
  }

  /**
   * The tokens that may come next; waits until they are known.
   *
   * @throws ConstraintException if there is something wrong with the grammar
   */
  public AllowedTokens allowed() {
    return step().allowed();
  }

  /**
   * The next token, if there is only one.
   *
   * @param patient whether to wait until that is known; if not, empty while it is not
   * @throws ConstraintException if there is something wrong with the grammar, and it is waited for
   */
  public OptionalInt forced(boolean patient) {
    if (!patient && (!current.isDone() || current.isCompletedExceptionally())) {
      return OptionalInt.empty();
    }
    Step step = step();
    int only = step.cursor().isClosed() ? -1 : step.allowed().only();
    return only < 0 ? OptionalInt.empty() : OptionalInt.of(only);
  }

  /**
   * Whether the text is at its end and nothing may come any more.
   *
   * @param last bytes of the last token that was accepted
   */
  public boolean isClosedBy(byte[] last) {
    for (byte value : last) {
      if (value == Fence.CHARACTER) {
        return step().cursor().isClosed();
      }
    }
    return false;
  }

  private Step step() {
    try {
      return current.join();
    } catch (CompletionException e) {
      throw new ConstraintException(e.getCause() == null ? e : e.getCause());
    } catch (CancellationException e) {
      throw new ConstraintException(e);
    }
  }
}
