package dev.mallard.generator.remote;

import dev.mallard.generator.http.RetryAfter;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;

/**
 * What to tell the user about a server that did not do what it was asked for.
 *
 * @param endpoint the server
 * @param model the name of the model that was asked for; empty where it was none
 */
record Failures(Endpoint endpoint, String model) {
  private static final Set<Integer> PASSING = Set.of(429, 500, 502, 503, 504);
  private static final Set<Integer> TOO_LONG = Set.of(400, 413, 422, 500);
  private static final String CHECK_ADDRESS = "check the address, which often ends in /v1.";

  /** An answer that is no success. */
  RemoteFailure answered(HttpResponse<?> response, ServerWords words) {
    int status = response.statusCode();
    Optional<Duration> wait = RetryAfter.of(response);
    boolean tooLong = TOO_LONG.contains(status) && (status == 413 || words.saysTooLong());
    boolean passing = PASSING.contains(status) && !tooLong;
    String message = tooLong ? tooLong(words) : message(response, words, wait);
    return new RemoteFailure(message, status, words, passing, wait, null);
  }

  private String message(HttpResponse<?> response, ServerWords words, Optional<Duration> wait) {
    int status = response.statusCode();
    if (status >= 300 && status < 400) {
      // Without a query, which may hold what is nobody's business.
      String location = response.headers().firstValue("Location").orElse("nowhere");
      String target = ServerWords.oneLine(location.split("[?#]", 2)[0]);
      return "%s redirects to %s (%d), which is not followed: give the right address with --endpoint."
          .formatted(endpoint, target, status);
    }
    return switch (status) {
      case 401, 403 ->
          endpoint.key().isPresent()
              ? "%s does not accept the API key (%d): check MALLARD_API_KEY, or OPENAI_API_KEY if that is not set."
                  .formatted(endpoint, status)
              : "%s answers only with an API key (%d): set MALLARD_API_KEY."
                  .formatted(endpoint, status);
      case 404, 405, 410 ->
          !model.isEmpty() && words.mentions("model")
              ? "%s has no model %s (%d%s): name one of its models with --model."
                  .formatted(endpoint, model, status, saying(words))
              : "%s is no address of an OpenAI-compatible server (%d): %s"
                  .formatted(endpoint, status, CHECK_ADDRESS);
      case 429 ->
          "%s asks to wait%s (429%s): try again later."
              .formatted(
                  endpoint,
                  wait.map(time -> " %d seconds".formatted(time.toSeconds())).orElse(""),
                  saying(words));
      default ->
          status >= 500
              ? "%s is in trouble (%d%s): try again later."
                  .formatted(endpoint, status, saying(words))
              : "%s refuses the request (%d%s): check the options and the server."
                  .formatted(endpoint, status, saying(words));
    };
  }

  private String tooLong(ServerWords words) {
    return "The prompt does not fit into the context of %s at %s%s: shorten the problem, lower --max-tokens, or serve the model with a longer context."
        .formatted(model, endpoint, saying(words));
  }

  /** An error in the middle of an answer that began as a success. */
  RemoteFailure brokenOff(int status, ServerWords words) {
    String message =
        words.saysTooLong()
            ? tooLong(words)
            : "%s broke off with an error%s: try again, or look into its log."
                .formatted(endpoint, saying(words));
    boolean passing = (status == 0 || PASSING.contains(status)) && !words.saysTooLong();
    return new RemoteFailure(message, status, words, passing, Optional.empty(), null);
  }

  /** No connection, or one that ended too early. */
  RemoteFailure unreachable(IOException cause) {
    if (caused(cause, UnknownHostException.class)
        || caused(cause, UnresolvedAddressException.class)) {
      return failure(
          "There is no host %s: check the address of --endpoint and the network."
              .formatted(endpoint.base().getHost()),
          false,
          cause);
    }
    if (caused(cause, SSLException.class)) {
      return failure(
          "%s cannot be spoken to securely: check its certificate, and whether it speaks https at all."
              .formatted(endpoint),
          false,
          cause);
    }
    if (caused(cause, HttpTimeoutException.class)) {
      return failure(
          "%s cannot be reached: check the address and the network.".formatted(endpoint),
          false,
          cause);
    }
    if (caused(cause, ConnectException.class)) {
      return failure(
          "Nothing answers at %s: start the server, or check the address and the port."
              .formatted(endpoint),
          true,
          cause);
    }
    return failure(cutMessage(), true, cause);
  }

  /** An answer without an end. */
  RemoteFailure cut() {
    return new RemoteFailure(cutMessage(), 0, ServerWords.NONE, true, Optional.empty(), null);
  }

  private String cutMessage() {
    return "The answer of %s was cut off: look into the server's log, or try again."
        .formatted(endpoint);
  }

  RemoteFailure stalled(Duration patience) {
    return RemoteFailure.lasting(
        "%s sent nothing for %d seconds: it may be stuck or too busy; try again later."
            .formatted(endpoint, patience.toSeconds()));
  }

  RemoteFailure notJson() {
    return RemoteFailure.lasting(
        "%s does not answer with JSON as an OpenAI-compatible server does: %s"
            .formatted(endpoint, CHECK_ADDRESS));
  }

  RemoteFailure webPage() {
    return RemoteFailure.lasting(
        "%s answers with a web page: %s".formatted(endpoint, CHECK_ADDRESS));
  }

  RemoteFailure tooMuch() {
    return RemoteFailure.lasting(
        "%s sends far more than was asked for: check that it is an OpenAI-compatible server."
            .formatted(endpoint));
  }

  RemoteFailure nothing() {
    return RemoteFailure.lasting(
        "%s sent no completion: check that the model %s can chat.".formatted(endpoint, model));
  }

  private static RemoteFailure failure(String message, boolean passing, IOException cause) {
    return new RemoteFailure(message, 0, ServerWords.NONE, passing, Optional.empty(), cause);
  }

  private static String saying(ServerWords words) {
    return words.empty() ? "" : ", \"%s\"".formatted(words.shown());
  }

  private static boolean caused(Throwable failure, Class<? extends Throwable> kind) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (kind.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }
}
