package dev.mallard.lsp.request;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.lsp4j.DidChangeConfigurationParams;
import org.eclipse.lsp4j.DidChangeWatchedFilesParams;
import org.eclipse.lsp4j.ExecuteCommandParams;
import org.eclipse.lsp4j.services.WorkspaceService;

/** The notifications and requests of {@code workspace}. */
final class WorkspaceRequests implements WorkspaceService {
  private final Lifecycle lifecycle;

  WorkspaceRequests(Lifecycle lifecycle) {
    this.lifecycle = lifecycle;
  }

  @Override
  public CompletableFuture<Object> executeCommand(ExecuteCommandParams params) {
    return lifecycle.request(session ->
        new ExecuteCommandHandler(
                session.services(), session.jobs(), session.progress(), session.claims())
            .execute(params));
  }

  @Override
  public void didChangeConfiguration(DidChangeConfigurationParams params) {
    lifecycle
        .session()
        .ifPresent(
            session -> session.configuration().ask(Optional.ofNullable(params.getSettings())));
  }

  @Override
  public void didChangeWatchedFiles(DidChangeWatchedFilesParams params) {
    // Files are read when they are needed.
  }
}
