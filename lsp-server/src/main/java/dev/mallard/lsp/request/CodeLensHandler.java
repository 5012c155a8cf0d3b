package dev.mallard.lsp.request;

import dev.mallard.lsp.document.TextDocument;
import dev.mallard.lsp.source.Definition;
import dev.mallard.lsp.source.Definition.Kind;
import dev.mallard.lsp.work.Analysis;
import dev.mallard.lsp.work.Services;
import dev.mallard.lsp.work.TestFinder;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.lsp4j.CodeLens;
import org.eclipse.lsp4j.Command;
import org.eclipse.lsp4j.Range;

/** {@code textDocument/codeLens}: what can be done with each definition, above it. */
final class CodeLensHandler {
  private final Services services;

  CodeLensHandler(Services services) {
    this.services = services;
  }

  List<CodeLens> lenses(Analysis analysis) {
    TextDocument document = analysis.document();
    TestFinder.Found tests = services.tests().of(analysis);
    List<CodeLens> lenses = new ArrayList<>();
    for (Definition definition : analysis.outline().definitions()) {
      if (definition.kind() != Kind.CLASS) {
        Range range = document.range(definition.nameSpan());
        commands(analysis, definition, !tests.of(definition).isEmpty())
            .forEach(command -> lenses.add(new CodeLens(range, command, null)));
      }
    }
    return lenses;
  }

  private static List<Command> commands(Analysis analysis, Definition definition, boolean tested) {
    String uri = analysis.document().uri();
    String name = definition.qualifiedName();
    List<Command> commands = new ArrayList<>();
    if (tested) {
      commands.add(Commands.of(Commands.RUN_TESTS, "Run tests", uri, name));
    }
    if (definition.stub()) {
      commands.add(Commands.of(Commands.GENERATE, "Generate", uri, name));
    } else if (tested) {
      commands.add(Commands.of(Commands.DEBUG, "Debug until tests pass", uri, name));
    }
    return commands;
  }
}
