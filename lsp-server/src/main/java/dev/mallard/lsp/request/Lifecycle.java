package dev.mallard.lsp.request;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;

/**
 * Where the server is between its start and its end, by the specification: before {@code
 * initialize} and after {@code shutdown} requests are errors and notifications are dropped. All but
 * the waiting for the end happens in the thread that reads messages.
 */
final class Lifecycle {
  private volatile Optional<Session> session = Optional.empty();
  private volatile boolean shutDown;
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();

  /** The session; empty before it begins, and after {@code shutdown}. */
  Optional<Session> session() {
    return shutDown ? Optional.empty() : session;
  }

  /** Answers a request, if this is the time for requests. */
  <T> CompletableFuture<T> request(Function<Session, CompletableFuture<T>> answer) {
    if (session.isEmpty()) {
      return refused(ResponseErrorCode.ServerNotInitialized, "The server is not initialized yet.");
    }
    if (shutDown) {
      return refused(ResponseErrorCode.InvalidRequest, "The server is shut down.");
    }
    return answer.apply(session.get());
  }

  /** Begins a session; there is only one. */
  <T> CompletableFuture<T> begin(Function<Lifecycle, T> answer) {
    if (session.isPresent() || shutDown) {
      return refused(ResponseErrorCode.InvalidRequest, "The server is initialized already.");
    }
    return CompletableFuture.completedFuture(answer.apply(this));
  }

  void sessionBegins(Session begun) {
    session = Optional.of(begun);
  }

  void shutDown() {
    shutDown = true;
  }

  /** The client wants the server to end, or is gone. */
  void exit() {
    exit.complete(shutDown ? 0 : 1);
  }

  /** Completed with the exit code when the server is to end. */
  CompletableFuture<Integer> exitCode() {
    return exit;
  }

  /** What there is to close at the end. */
  Optional<Session> begun() {
    return session;
  }

  private static <T> CompletableFuture<T> refused(ResponseErrorCode code, String message) {
    return CompletableFuture.failedFuture(
        new ResponseErrorException(new ResponseError(code, message, null)));
  }
}
