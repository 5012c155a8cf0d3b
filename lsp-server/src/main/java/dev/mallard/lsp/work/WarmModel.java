package dev.mallard.lsp.work;

import dev.mallard.generator.model.LanguageModel;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The model, loaded by the first who needs it and kept for the next. If another is wished for, it
 * is loaded when nobody uses the old one any more: two may not fit into the memory. May be used by
 * several threads.
 */
public final class WarmModel implements AutoCloseable {
  private final ModelSource source;
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition free = lock.newCondition();
  private Optional<Loaded> loaded = Optional.empty();
  private int users;
  private boolean closed;

  private record Loaded(ModelSource.Wish wish, LanguageModel model) {}

  /** Does something with a model. */
  @FunctionalInterface
  public interface Use<T> {
    T with(LanguageModel model) throws InterruptedException;
  }

  public WarmModel(ModelSource source) {
    this.source = source;
  }

  /**
   * Does something with the model that is wished for.
   *
   * @param progress is told how far loading is, if the model must be loaded
   * @throws dev.mallard.generator.UserException if there is no such model
   * @throws InterruptedException if the calling thread is interrupted
   */
  public <T> T use(ModelSource.Wish wish, Consumer<String> progress, Use<T> use)
      throws InterruptedException {
    LanguageModel model = take(wish, progress);
    try {
      return use.with(model);
    } finally {
      giveBack();
    }
  }

  /** Whether what the model writes can be held to a grammar; see {@link ModelSource#canBeHeld}. */
  boolean canBeHeld(ModelSource.Wish wish) {
    return source.canBeHeld(wish);
  }

  private LanguageModel take(ModelSource.Wish wish, Consumer<String> progress)
      throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed && users > 0 && !isLoaded(wish)) {
        progress.accept("waiting until the other model is free");
        free.await();
      }
      if (closed) {
        throw new InterruptedException("the server ends");
      }
      if (!isLoaded(wish)) {
        unload();
        progress.accept("loading the model");
        loaded = Optional.of(new Loaded(wish, open(wish, progress)));
      }
      users++;
      return loaded.orElseThrow().model();
    } finally {
      lock.unlock();
    }
  }

  private LanguageModel open(ModelSource.Wish wish, Consumer<String> progress)
      throws InterruptedException {
    try {
      return Background.call(() -> source.open(wish, progress));
    } catch (InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean isLoaded(ModelSource.Wish wish) {
    return loaded.filter(one -> one.wish().equals(wish)).isPresent();
  }

  private void giveBack() {
    lock.lock();
    try {
      users--;
      if (closed && users == 0) {
        unload();
      }
      free.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void unload() {
    loaded.ifPresent(one -> one.model().close());
    loaded = Optional.empty();
  }

  /** Closes the model, or has its last user close it. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      if (users == 0) {
        unload();
      }
      free.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
