package dev.mallard.generator.catalogue;

import dev.mallard.generator.catalogue.UnavailableException.Reason;
import dev.mallard.generator.http.RetryAfter;
import dev.mallard.generator.http.Sleeper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks servers over HTTP: follows redirects itself, so that a token goes to its own server only;
 * waits and asks again where a server says that it is busy; and says in one sentence what went
 * wrong otherwise.
 */
final class HttpFetcher {
  private static final Logger LOG = LoggerFactory.getLogger(HttpFetcher.class);
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final int LONGEST_CHAIN = 8;
  private static final int TRIES = 4;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
  private static final int LARGEST_JSON = 32 << 20;

  private final HttpClient http;
  private final Sleeper sleeper;

  /**
   * Makes a fetcher.
   *
   * @param http must not follow redirects
   */
  HttpFetcher(HttpClient http, Sleeper sleeper) {
    if (http.followRedirects() != HttpClient.Redirect.NEVER) {
      throw new IllegalArgumentException("a client that follows redirects would leak tokens");
    }
    this.http = http;
    this.sleeper = sleeper;
  }

  /**
   * Gets a JSON document.
   *
   * @param subject what is asked for, for people
   * @param patience until the whole answer is there
   * @throws UnavailableException if there is no such answer
   */
  JsonNode json(Service service, URI uri, String subject, Duration patience)
      throws InterruptedException {
    byte[] body;
    try {
      body =
          within(
              patience,
              () -> {
                Map<String, String> headers = Map.of("Accept", "application/json");
                try (InputStream in = get(service, uri, headers, subject, patience).body()) {
                  return in.readNBytes(LARGEST_JSON);
                }
              });
    } catch (IOException e) {
      throw unreachable(service, e);
    }
    try {
      return JsonMapper.shared().readTree(body);
    } catch (JacksonException e) {
      String message = service + " did not answer with JSON: check " + service.setting() + ".";
      throw new UnavailableException(Reason.REFUSED, message, e);
    }
  }

  /**
   * Begins to get a file; the caller reads and closes the body.
   *
   * @param patience until the answer begins
   * @return an answer with status 200, 206 or 416
   * @throws UnavailableException if there is no such answer
   */
  HttpResponse<InputStream> get(
      Service service, URI uri, Map<String, String> headers, String subject, Duration patience)
      throws InterruptedException {
    return ask(
        service, HttpRequest.newBuilder(uri).GET(), headers, subject, patience, next -> true);
  }

  /**
   * Asks about a file without getting it. Redirects to other servers are not followed: what the
   * service itself says of the file is in the headers of its redirect.
   */
  HttpResponse<InputStream> head(Service service, URI uri, String subject, Duration patience)
      throws InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).HEAD();
    return ask(service, request, Map.of(), subject, patience, service::owns);
  }

  private HttpResponse<InputStream> ask(
      Service service,
      HttpRequest.Builder request,
      Map<String, String> headers,
      String subject,
      Duration patience,
      Predicate<URI> follow)
      throws InterruptedException {
    headers.forEach(request::setHeader);
    request.setHeader("User-Agent", "mallard");
    for (int attempt = 1; ; attempt++) {
      HttpResponse<InputStream> response = follow(service, request, subject, patience, follow);
      int status = response.statusCode();
      if (status == 200 || status == 206 || status == 416 || REDIRECTS.contains(status)) {
        return response;
      }
      close(response);
      boolean busy = status == 429 || status == 408 || status >= 500;
      Duration wait =
          RetryAfter.of(response).orElse(Duration.ofSeconds(1L << Math.min(attempt - 1, 5)));
      if (!busy || attempt == TRIES || wait.compareTo(LONGEST_WAIT) > 0) {
        throw HttpFailures.of(service, response, subject);
      }
      LOG.debug("{} answered {}: asking again in {}", service, status, wait);
      sleeper.sleep(wait);
    }
  }

  private HttpResponse<InputStream> follow(
      Service service,
      HttpRequest.Builder request,
      String subject,
      Duration patience,
      Predicate<URI> follow)
      throws InterruptedException {
    HttpRequest.Builder next = request.copy();
    for (int hop = 0; hop < LONGEST_CHAIN; hop++) {
      HttpRequest built = authorised(service, next);
      HttpResponse<InputStream> response;
      try {
        response =
            within(patience, () -> http.send(built, HttpResponse.BodyHandlers.ofInputStream()));
      } catch (IOException e) {
        throw unreachable(service, e);
      }
      if (!REDIRECTS.contains(response.statusCode())) {
        return response;
      }
      URI target = target(service, built.uri(), response, subject);
      if (!follow.test(target)) {
        return response;
      }
      close(response);
      next = request.copy().uri(target);
    }
    throw refused(service + " redirects " + subject + " in a circle: try again later.");
  }

  private static HttpRequest authorised(Service service, HttpRequest.Builder request) {
    HttpRequest bare = request.build();
    return service.token().isPresent() && service.owns(bare.uri())
        ? request.setHeader("Authorization", "Bearer " + service.token().get()).build()
        : bare;
  }

  private static URI target(
      Service service, URI from, HttpResponse<InputStream> response, String subject) {
    String location = response.headers().firstValue("Location").orElse("");
    try {
      URI target = from.resolve(location);
      String scheme = String.valueOf(target.getScheme());
      boolean safer = scheme.equals("https") || (scheme.equals("http") && scheme(from, "http"));
      if (!location.isEmpty() && target.getHost() != null && safer) {
        return target;
      }
    } catch (IllegalArgumentException e) {
      LOG.debug("not an address: {}", location, e);
    }
    throw refused(service + " redirects " + subject + " to an address that cannot be trusted.");
  }

  private static boolean scheme(URI uri, String scheme) {
    return scheme.equalsIgnoreCase(uri.getScheme());
  }

  /**
   * Runs a call that may hang where no time-out of the client reaches, such as in the system's
   * resolver of names.
   */
  private static <T> T within(Duration patience, Callable<T> call)
      throws IOException, InterruptedException {
    FutureTask<T> task = new FutureTask<>(call);
    Thread.ofVirtual().name("http").start(task);
    try {
      return task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException("no answer within " + patience, e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException cause -> throw cause;
        case InterruptedException cause -> throw new IOException(cause);
        case RuntimeException cause -> throw cause;
        case null, default -> throw new IllegalStateException(e);
      }
    } finally {
      task.cancel(true);
    }
  }

  static UnavailableException unreachable(Service service, IOException cause) {
    LOG.debug("{} is not reachable", service, cause);
    String message =
        cause instanceof SSLException
            ? " cannot be spoken to securely: check the network's proxy and certificates, or "
            : " is not reachable: check the network, or ";
    return new UnavailableException(
        Reason.UNREACHABLE, service + message + service.setting() + ".", cause);
  }

  private static UnavailableException refused(String message) {
    return new UnavailableException(Reason.REFUSED, message, null);
  }

  private static void close(HttpResponse<InputStream> response) {
    try {
      response.body().close();
    } catch (IOException e) {
      LOG.debug("closing an answer", e);
    }
  }
}
