package dev.mallard.lsp.request;

import dev.mallard.generator.UserException;
import dev.mallard.lsp.work.ModelSource;
import dev.mallard.lsp.work.WarmModel;
import dev.mallard.lsp.work.WarmSandbox;
import dev.mallard.sandbox.Sandbox;
import java.io.BufferedInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.eclipse.lsp4j.services.LanguageClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The language server, by the specification of the Language Server Protocol 3.17, with inline
 * completion of 3.18. It serves one client and never writes the user's files: edits are proposed.
 */
public final class LspServer {
  private static final Logger LOG = LoggerFactory.getLogger(LspServer.class);
  private static final int CLOSING_MILLIS = 2000;

  private final ModelSource models;
  private final Supplier<Sandbox> sandboxes;
  private final Path folder;

  /**
   * A server; nothing is loaded before a client asks for something that needs it.
   *
   * @param folder where texts are kept that the editor is asked to show, such as transcripts; it is
   *     emptied at the end
   */
  public LspServer(ModelSource models, Supplier<Sandbox> sandboxes, Path folder) {
    this.models = models;
    this.sandboxes = sandboxes;
    this.folder = folder;
  }

  /**
   * Serves a client until it says {@code exit} or is gone.
   *
   * @return the exit code that the specification wants: 0 if the client said {@code shutdown}
   *     before
   * @throws InterruptedException if the calling thread is interrupted
   */
  public int serve(InputStream in, OutputStream out) throws InterruptedException {
    Lifecycle lifecycle = new Lifecycle();
    WarmModel model = new WarmModel(models);
    WarmSandbox sandbox = new WarmSandbox(sandboxes);
    AtomicReference<LanguageClient> client = new AtomicReference<>();
    MallardLanguageServer server =
        new MallardLanguageServer(lifecycle, client::get, model, sandbox, folder);
    ExecutorService reader =
        Executors.newCachedThreadPool(
            task -> Thread.ofPlatform().name("messages").daemon().unstarted(task));
    Launcher<LanguageClient> launcher =
        new Connection(LspServer::error)
            .setLocalService(server)
            .setInput(new FramedInput(new BufferedInputStream(in)))
            .setOutput(out)
            .setExecutorService(reader)
            .create();
    client.set(launcher.getRemoteProxy());
    var listening = launcher.startListening();
    reader.execute(() -> {
      try {
        listening.get();
      } catch (InterruptedException | ExecutionException e) {
        LOG.debug("the connection ends", e);
      }
      lifecycle.exit();
    });
    try {
      return lifecycle.exitCode().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      close(lifecycle, model, sandbox);
      reader.shutdownNow();
    }
  }

  /** Closes what is open, but waits for it only for a moment: a model may be computing. */
  private static void close(Lifecycle lifecycle, WarmModel model, WarmSandbox sandbox)
      throws InterruptedException {
    Thread closing =
        Thread.ofPlatform()
            .name("closing")
            .daemon()
            .start(() -> {
              lifecycle.begun().ifPresent(Session::close);
              sandbox.close();
              model.close();
            });
    closing.join(CLOSING_MILLIS);
  }

  /** What is answered where something went wrong. */
  private static ResponseError error(Throwable problem) {
    Throwable cause = problem;
    while ((cause instanceof CompletionException
            || cause instanceof ExecutionException
            || cause instanceof InvocationTargetException
            || cause.getClass() == RuntimeException.class)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return switch (cause) {
      case ResponseErrorException known -> known.getResponseError();
      case UserException wrong ->
          new ResponseError(ResponseErrorCode.RequestFailed, wrong.getMessage(), null);
      case UnsupportedOperationException unknown ->
          new ResponseError(
              ResponseErrorCode.MethodNotFound, "The server has no such method.", null);
      default -> {
        LOG.error("internal error", cause);
        yield new ResponseError(
            ResponseErrorCode.InternalError,
            "Mallard itself failed (%s); the details are in its log."
                .formatted(
                    cause.getMessage() == null
                        ? cause.getClass().getSimpleName()
                        : cause.getMessage()),
            null);
      }
    };
  }
}
