package dev.mallard.lsp.request;

import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.CodeActionCapabilities;
import org.eclipse.lsp4j.DocumentSymbolCapabilities;
import org.eclipse.lsp4j.ResourceOperationKind;
import org.eclipse.lsp4j.ShowDocumentCapabilities;
import org.eclipse.lsp4j.TextDocumentClientCapabilities;
import org.eclipse.lsp4j.WindowClientCapabilities;
import org.eclipse.lsp4j.WorkspaceClientCapabilities;
import org.eclipse.lsp4j.WorkspaceEditCapabilities;

/**
 * What of the protocol a client can do that not every client can.
 *
 * @param positionEncodings what the characters of its positions may count, best first
 * @param codeActions whether it takes code actions, and not only commands
 */
record ClientFeatures(
    List<String> positionEncodings,
    boolean progress,
    boolean showDocument,
    boolean applyEdit,
    boolean documentChanges,
    boolean changeAnnotations,
    boolean createFiles,
    boolean configuration,
    boolean refreshCodeLenses,
    boolean codeActions,
    boolean symbolTree) {

  static ClientFeatures of(Optional<ClientCapabilities> given) {
    ClientCapabilities all = given.orElseGet(ClientCapabilities::new);
    Optional<WindowClientCapabilities> window = Optional.ofNullable(all.getWindow());
    Optional<WorkspaceClientCapabilities> workspace = Optional.ofNullable(all.getWorkspace());
    Optional<TextDocumentClientCapabilities> text = Optional.ofNullable(all.getTextDocument());
    Optional<WorkspaceEditCapabilities> edits =
        workspace.map(WorkspaceClientCapabilities::getWorkspaceEdit);
    return new ClientFeatures(
        Optional.ofNullable(all.getGeneral())
            .flatMap(general -> Optional.ofNullable(general.getPositionEncodings()))
            .orElse(List.of()),
        is(window.map(WindowClientCapabilities::getWorkDoneProgress)),
        window
            .map(WindowClientCapabilities::getShowDocument)
            .map(ShowDocumentCapabilities::isSupport)
            .orElse(false),
        is(workspace.map(WorkspaceClientCapabilities::getApplyEdit)),
        is(edits.map(WorkspaceEditCapabilities::getDocumentChanges)),
        edits.map(WorkspaceEditCapabilities::getChangeAnnotationSupport).isPresent(),
        edits
            .map(WorkspaceEditCapabilities::getResourceOperations)
            .orElse(List.of())
            .contains(ResourceOperationKind.Create),
        is(workspace.map(WorkspaceClientCapabilities::getConfiguration)),
        is(
            workspace
                .map(WorkspaceClientCapabilities::getCodeLens)
                .map(lens -> lens.getRefreshSupport())),
        text.map(TextDocumentClientCapabilities::getCodeAction)
            .map(CodeActionCapabilities::getCodeActionLiteralSupport)
            .isPresent(),
        is(
            text.map(TextDocumentClientCapabilities::getDocumentSymbol)
                .map(DocumentSymbolCapabilities::getHierarchicalDocumentSymbolSupport)));
  }

  private static boolean is(Optional<Boolean> value) {
    return value.orElse(false);
  }
}
