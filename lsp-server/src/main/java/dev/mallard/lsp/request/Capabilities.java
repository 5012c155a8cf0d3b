package dev.mallard.lsp.request;

import dev.mallard.lsp.document.PositionEncoding;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.CodeActionOptions;
import org.eclipse.lsp4j.CodeLensOptions;
import org.eclipse.lsp4j.CompletionOptions;
import org.eclipse.lsp4j.ExecuteCommandOptions;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.SaveOptions;
import org.eclipse.lsp4j.ServerCapabilities;
import org.eclipse.lsp4j.ServerInfo;
import org.eclipse.lsp4j.TextDocumentSyncKind;
import org.eclipse.lsp4j.TextDocumentSyncOptions;

/** What the server announces in its answer to {@code initialize}. */
final class Capabilities {
  private Capabilities() {}

  static InitializeResult announced(PositionEncoding encoding) {
    ServerCapabilities capabilities = new ServerCapabilities();
    capabilities.setPositionEncoding(encoding.label());
    TextDocumentSyncOptions sync = new TextDocumentSyncOptions();
    sync.setOpenClose(true);
    sync.setChange(TextDocumentSyncKind.Incremental);
    sync.setSave(new SaveOptions(false));
    capabilities.setTextDocumentSync(sync);
    capabilities.setHoverProvider(true);
    capabilities.setDocumentSymbolProvider(true);
    capabilities.setCodeLensProvider(new CodeLensOptions(false));
    capabilities.setCodeActionProvider(
        new CodeActionOptions(
            List.of(
                CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite, CodeActionKind.Empty)));
    capabilities.setCompletionProvider(new CompletionOptions(false, List.of()));
    capabilities.setInlineCompletionProvider(true);
    ExecuteCommandOptions commands = new ExecuteCommandOptions(Commands.ALL);
    commands.setWorkDoneProgress(true);
    capabilities.setExecuteCommandProvider(commands);
    String version =
        Optional.ofNullable(Capabilities.class.getPackage().getImplementationVersion()).orElse("0");
    return new InitializeResult(capabilities, new ServerInfo("mallard", version));
  }
}
