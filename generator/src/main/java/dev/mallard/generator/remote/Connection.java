package dev.mallard.generator.remote;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends requests to one server. Follows no redirects, so that the key and the prompt go to the
 * server that the user named and to no other.
 */
final class Connection implements AutoCloseable {
  private static final int LARGEST_LIST = 8 << 20;
  private static final int LARGEST_ERROR = 64 << 10;

  private final Endpoint endpoint;
  private final Patience patience;
  private final HttpClient http;

  Connection(Endpoint endpoint, Patience patience) {
    this.endpoint = endpoint;
    this.patience = patience;
    this.http =
        HttpClient.newBuilder()
            // Servers in the clear misread the offer to go on with HTTP/2.
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(patience.connect())
            .build();
  }

  Endpoint endpoint() {
    return endpoint;
  }

  Patience patience() {
    return patience;
  }

  /**
   * Asks for the list of models.
   *
   * @param failures says what went wrong
   */
  JsonNode models(Failures failures) throws RemoteFailure, InterruptedException {
    byte[] body;
    try {
      HttpRequest request =
          endpoint.request("models").setHeader("Accept", "application/json").GET().build();
      body =
          within(() -> {
            try (InputStream in = send(request, failures).body()) {
              return in.readNBytes(LARGEST_LIST + 1);
            }
          });
    } catch (IOException e) {
      throw failures.unreachable(e);
    } catch (TimeoutException e) {
      throw failures.stalled(patience.models());
    }
    if (body.length > LARGEST_LIST) {
      throw failures.tooMuch();
    }
    String text = new String(body, StandardCharsets.UTF_8);
    try {
      return JsonMapper.shared().readTree(text);
    } catch (JacksonException e) {
      throw text.stripLeading().startsWith("<") ? failures.webPage() : failures.notJson();
    }
  }

  /**
   * Asks for completions. Ends with the thread's interrupt; so does reading the answer.
   *
   * @param body of the request, in JSON
   * @return a success, whose body the caller reads and closes
   */
  HttpResponse<InputStream> chat(String body, Failures failures)
      throws RemoteFailure, InterruptedException {
    HttpRequest request =
        endpoint
            .request("chat/completions")
            .setHeader("Content-Type", "application/json")
            .setHeader("Accept", "text/event-stream, application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      return send(request, failures);
    } catch (IOException e) {
      throw failures.unreachable(e);
    }
  }

  private HttpResponse<InputStream> send(HttpRequest request, Failures failures)
      throws IOException, RemoteFailure, InterruptedException {
    HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
    if (response.statusCode() == 200) {
      return response;
    }
    try (InputStream in = new BufferedInputStream(response.body())) {
      String body = new String(in.readNBytes(LARGEST_ERROR), StandardCharsets.UTF_8);
      throw failures.answered(response, ServerWords.of(body, endpoint.key()));
    }
  }

  /** Runs a call that may hang where no time-out of the client reaches. */
  private <T> T within(Callable<T> call)
      throws IOException, RemoteFailure, TimeoutException, InterruptedException {
    FutureTask<T> task = new FutureTask<>(call);
    Thread.ofVirtual().name("models").start(task);
    try {
      return task.get(patience.models().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException cause -> throw cause;
        case RemoteFailure cause -> throw cause;
        case RuntimeException cause -> throw cause;
        case null, default -> throw new IllegalStateException(e);
      }
    } finally {
      task.cancel(true);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
