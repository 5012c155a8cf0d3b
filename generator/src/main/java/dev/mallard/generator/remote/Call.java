package dev.mallard.generator.remote;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;

/**
 * One request for completions, on a thread of its own, with what is sent again of it. What comes is
 * put into a queue with an end, so that a server that is faster than its reader has to wait.
 */
final class Call implements AutoCloseable {
  private final ChatRequest request;
  private final Connection connection;
  private final Retries retries;
  private final ServerTraits traits;
  private final Failures failures;
  private final Semaphore places;
  private final BlockingQueue<Arrival> arrivals;
  private final Thread thread;

  /** What is waited for, if anything is. */
  private volatile Optional<Wait> wait = Optional.empty();

  private boolean began;

  private record Wait(long since, Duration patience) {
    static Optional<Wait> begin(Duration patience) {
      return Optional.of(new Wait(System.nanoTime(), patience));
    }

    boolean over() {
      return System.nanoTime() - since > patience.toNanos();
    }
  }

  /**
   * Prepares a call.
   *
   * @param places are shared with other calls: each takes one while it lasts
   * @param arrivals where what comes goes to
   */
  Call(
      ChatRequest request,
      Connection connection,
      Retries retries,
      ServerTraits traits,
      Semaphore places,
      BlockingQueue<Arrival> arrivals) {
    this.request = request;
    this.connection = connection;
    this.retries = retries;
    this.traits = traits;
    this.failures = new Failures(connection.endpoint(), ServerWords.oneLine(request.model()));
    this.places = places;
    this.arrivals = arrivals;
    this.thread = Thread.ofVirtual().name("completion").unstarted(this::run);
  }

  Call start() {
    thread.start();
    return this;
  }

  ChatRequest request() {
    return request;
  }

  Failures failures() {
    return failures;
  }

  /** The patience that is at its end, if it is. */
  Optional<Duration> stalled() {
    return wait.filter(Wait::over).map(Wait::patience);
  }

  /** Ends the call and its connection. */
  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    try {
      places.acquire();
      try {
        Arrival last = answer();
        wait = Optional.empty();
        arrivals.put(last);
      } finally {
        places.release();
      }
    } catch (InterruptedException e) {
      // closed: nobody waits for what would come
    }
  }

  private Arrival answer() throws InterruptedException {
    try {
      retries.run(this::attempt);
      return new Arrival.Ended(this);
    } catch (RemoteFailure failure) {
      return new Arrival.Failed(this, failure);
    } catch (RuntimeException | Error e) {
      return new Arrival.Broke(this, e);
    }
  }

  /** Sends the request, also again with less in it if the server wants it so. */
  private boolean attempt() throws RemoteFailure, InterruptedException {
    while (true) {
      ChatRequest sent = request.without(traits);
      try {
        stream(sent);
        return true;
      } catch (RemoteFailure failure) {
        if (!began && traits.learn(failure, sent)) {
          continue;
        }
        boolean last = began || (sent.choices() > 1 && ServerTraits.refusesSeveral(failure));
        throw last ? failure.lasting() : failure;
      } finally {
        wait = Optional.empty();
      }
    }
  }

  private void stream(ChatRequest sent) throws RemoteFailure, InterruptedException {
    wait = Wait.begin(connection.patience().first());
    HttpResponse<InputStream> response = connection.chat(sent.json(), failures);
    try (InputStream in = response.body()) {
      AnswerReader reader = AnswerReader.open(response, in, mostBytes(), failures);
      Progress progress = new Progress(sent.choices());
      Optional<Chunk> next = reader.next();
      while (next.isPresent()) {
        Chunk chunk = next.get();
        boolean before = progress.allEnded();
        progress.add(chunk);
        began |= chunk.brings();
        arrivals.put(new Arrival.Came(this, chunk));
        if (progress.allEnded() && !before) {
          wait = Wait.begin(connection.patience().last());
        } else if (chunk.brings() && !before) {
          wait = Wait.begin(connection.patience().next());
        }
        next = reader.next();
      }
      // Not all servers say why a completion ended, but then they say that all is over.
      if (!reader.done() && !progress.whole()) {
        throw failures.cut();
      }
    } catch (AnswerLines.TooMuchException e) {
      throw failures.tooMuch();
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw (InterruptedException) new InterruptedException().initCause(e);
      }
      throw failures.unreachable(e);
    }
  }

  /** More than any server needs for the answer: some hundred bytes a token. */
  private long mostBytes() {
    double most = 4e6 + 16e3 * request.maxTokens() * request.choices();
    return (long) Math.min(most, 1e9);
  }
}
