package dev.mallard.lsp.request;

import dev.mallard.generator.problem.Language;
import dev.mallard.lsp.source.Definition;
import dev.mallard.lsp.source.Definition.Kind;
import dev.mallard.lsp.source.Span;
import dev.mallard.lsp.work.Analysis;
import dev.mallard.lsp.work.Services;
import dev.mallard.lsp.work.TestFinder;
import dev.mallard.lsp.work.TestPlan;
import dev.mallard.sandbox.GuestLanguage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.Command;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/**
 * {@code textDocument/codeAction}: what can be done with the definition at the cursor, or with the
 * one that a failing test at the cursor is about.
 */
final class CodeActionHandler {
  private static final List<Language> TARGETS =
      List.of(Language.PYTHON, Language.JAVA, Language.JAVASCRIPT);

  private final Services services;
  private final boolean literals;

  /**
   * Makes actions.
   *
   * @param literals whether the client takes actions, and not only commands
   */
  CodeActionHandler(Services services, boolean literals) {
    this.services = services;
    this.literals = literals;
  }

  List<Either<Command, CodeAction>> actions(Analysis analysis, CodeActionParams params) {
    Span range = analysis.document().span(params.getRange());
    List<Either<Command, CodeAction>> actions = new ArrayList<>();
    definition(analysis, range)
        .filter(definition -> definition.kind() != Kind.CLASS)
        .ifPresent(definition -> add(actions, analysis, definition, params));
    return actions;
  }

  private Optional<Definition> definition(Analysis analysis, Span range) {
    return analysis
        .definitionAt(range.start())
        .or(() -> analysis.definitionAt(range.end()))
        .or(() -> testedAt(analysis, range));
  }

  /** The definition that has a test at a place. */
  private Optional<Definition> testedAt(Analysis analysis, Span range) {
    TestFinder.Found tests = services.tests().of(analysis);
    return analysis.outline().definitions().stream()
        .filter(definition -> definition.kind() != Kind.CLASS)
        .filter(definition ->
            tests.of(definition).places().stream()
                .filter(place -> place.document().uri().equals(analysis.document().uri()))
                .map(TestPlan.Place::span)
                .anyMatch(span -> span.start() <= range.end() && range.start() <= span.end()))
        .findFirst();
  }

  private void add(
      List<Either<Command, CodeAction>> actions,
      Analysis analysis,
      Definition definition,
      CodeActionParams params) {
    String uri = analysis.document().uri();
    String name = definition.qualifiedName();
    boolean query = analysis.guest() == GuestLanguage.SQL;
    boolean tested = !services.tests().of(analysis).of(definition).isEmpty();
    if (definition.stub()) {
      String title =
          query ? "Mallard: write the query" : "Mallard: generate body of " + definition.name();
      add(
          actions,
          params,
          CodeActionKind.RefactorRewrite,
          Commands.of(Commands.GENERATE, title, uri, name));
    } else if (query) {
      add(
          actions,
          params,
          CodeActionKind.RefactorRewrite,
          Commands.of(Commands.GENERATE, "Mallard: write the query anew", uri, name));
    }
    if (tested && !definition.stub()) {
      boolean failing =
          params.getContext() != null
              && params.getContext().getDiagnostics() != null
              && params.getContext().getDiagnostics().stream().anyMatch(CodeActionHandler::isOurs);
      add(
          actions,
          params,
          failing ? CodeActionKind.QuickFix : CodeActionKind.RefactorRewrite,
          Commands.of(
              Commands.DEBUG,
              failing
                  ? "Mallard: repair " + definition.name()
                  : "Mallard: debug %s until its tests pass".formatted(definition.name()),
              uri,
              name));
    }
    if (query) {
      return;
    }
    add(
        actions,
        params,
        CodeActionKind.RefactorRewrite,
        Commands.of(
            Commands.WRITE_TESTS, "Mallard: write tests for " + definition.name(), uri, name));
    if (!definition.stub()) {
      add(
          actions,
          params,
          CodeActionKind.Empty,
          Commands.of(Commands.EXPLAIN, "Mallard: explain " + definition.name(), uri, name));
      for (Language language : TARGETS) {
        if (!language.equals(analysis.language())) {
          String title =
              "Mallard: translate %s to %s".formatted(definition.name(), language.displayName());
          add(
              actions,
              params,
              CodeActionKind.RefactorRewrite,
              Commands.translation(title, uri, name, language.label()));
        }
      }
    }
    if (services.findings().hasTranscript(uri, name)) {
      add(
          actions,
          params,
          CodeActionKind.Empty,
          Commands.of(
              Commands.SHOW_TRANSCRIPT,
              "Mallard: show the transcript of " + definition.name(),
              uri,
              name));
    }
  }

  private static boolean isOurs(Diagnostic diagnostic) {
    return "mallard".equals(diagnostic.getSource());
  }

  /** Adds an action, if the client wants its kind. */
  private void add(
      List<Either<Command, CodeAction>> actions,
      CodeActionParams params,
      String kind,
      Command command) {
    List<String> only =
        params.getContext() == null || params.getContext().getOnly() == null
            ? List.of()
            : params.getContext().getOnly();
    if (!only.isEmpty()
        && only.stream()
            .noneMatch(wanted ->
                wanted.isEmpty() || kind.equals(wanted) || kind.startsWith(wanted + "."))) {
      return;
    }
    if (!literals) {
      actions.add(Either.forLeft(command));
      return;
    }
    CodeAction action = new CodeAction(command.getTitle());
    action.setKind(kind);
    action.setCommand(command);
    actions.add(Either.forRight(action));
  }
}
