package dev.mallard.lsp.request;

import dev.mallard.lsp.work.Progress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.lsp4j.ProgressParams;
import org.eclipse.lsp4j.WorkDoneProgressBegin;
import org.eclipse.lsp4j.WorkDoneProgressCreateParams;
import org.eclipse.lsp4j.WorkDoneProgressEnd;
import org.eclipse.lsp4j.WorkDoneProgressNotification;
import org.eclipse.lsp4j.WorkDoneProgressReport;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.services.LanguageClient;

/** What the editor shows of work that goes on, and by which the user may cancel it. */
final class ProgressReports {
  private static final long LONGEST_WAIT_SECONDS = 5;

  private final LanguageClient client;
  private final boolean canCreate;
  private final AtomicLong next = new AtomicLong();
  private final Map<Either<String, Integer>, Runnable> cancels = new ConcurrentHashMap<>();

  /**
   * Reports to a client.
   *
   * @param canCreate whether the client shows progress that it did not ask for
   */
  ProgressReports(LanguageClient client, boolean canCreate) {
    this.client = client;
    this.canCreate = canCreate;
  }

  /** Progress that ends. */
  interface Shown extends Progress, AutoCloseable {
    @Override
    void close();
  }

  /**
   * Begins to report.
   *
   * @param token what the client named it in its request, if it did
   * @param cancel ends the work
   */
  Shown begin(Optional<Either<String, Integer>> token, String title, Runnable cancel)
      throws InterruptedException {
    Optional<Either<String, Integer>> agreed = token.isPresent() ? token : created();
    if (agreed.isEmpty()) {
      return new Silent();
    }
    cancels.put(agreed.get(), cancel);
    WorkDoneProgressBegin begin = new WorkDoneProgressBegin();
    begin.setTitle(title);
    begin.setCancellable(true);
    notify(agreed.get(), begin);
    return new Reported(agreed.get());
  }

  private Optional<Either<String, Integer>> created() throws InterruptedException {
    if (!canCreate) {
      return Optional.empty();
    }
    Either<String, Integer> token = Either.forLeft("mallard-" + next.incrementAndGet());
    try {
      client
          .createProgress(new WorkDoneProgressCreateParams(token))
          .get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
      return Optional.of(token);
    } catch (ExecutionException | TimeoutException e) {
      return Optional.empty();
    }
  }

  /** The user does not want to wait. */
  void cancel(Either<String, Integer> token) {
    Runnable cancel = cancels.get(token);
    if (cancel != null) {
      cancel.run();
    }
  }

  private void notify(Either<String, Integer> token, WorkDoneProgressNotification what) {
    client.notifyProgress(new ProgressParams(token, Either.forLeft(what)));
  }

  private static final class Silent implements Shown {
    @Override
    public void report(String message) {}

    @Override
    public void close() {}
  }

  private final class Reported implements Shown {
    private final Either<String, Integer> token;

    Reported(Either<String, Integer> token) {
      this.token = token;
    }

    @Override
    public void report(String message) {
      WorkDoneProgressReport report = new WorkDoneProgressReport();
      report.setCancellable(true);
      report.setMessage(message);
      ProgressReports.this.notify(token, report);
    }

    @Override
    public void close() {
      if (cancels.remove(token) != null) {
        ProgressReports.this.notify(token, new WorkDoneProgressEnd());
      }
    }
  }
}
