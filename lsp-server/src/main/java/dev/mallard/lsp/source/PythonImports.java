package dev.mallard.lsp.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a file of tests in Python imports.
 *
 * @param program the name of the program's module; empty if nothing of the file is to be imported
 * @param modules what the program's module is called in the file
 */
record PythonImports(String program, List<String> modules) {
  static final PythonImports NONE = new PythonImports("", List.of());

  private static final Set<String> TEST_MODULES = Set.of("pytest", "unittest", "doctest");

  PythonImports {
    modules = List.copyOf(modules);
  }

  /** Those of some statements. */
  static PythonImports of(List<SyntaxNode> statements, String program) {
    PythonImports none = new PythonImports(program, List.of());
    List<String> modules = new ArrayList<>();
    for (SyntaxNode statement : statements) {
      for (Imported imported : imported(statement)) {
        boolean module = statement.is("import_statement") || !none.isProgram(statement);
        if (module && none.isProgram(imported.name())) {
          modules.add(imported.alias());
        }
      }
    }
    return new PythonImports(program, modules);
  }

  /** A thing that is imported, and what it is called. */
  private record Imported(String name, String alias) {}

  static boolean isImport(SyntaxNode statement) {
    return statement.is("import_statement", "import_from_statement", "future_import_statement");
  }

  /** Whether it imports what runs tests. */
  static boolean isOfTests(SyntaxNode statement) {
    return isImport(statement) && TEST_MODULES.containsAll(modules(statement));
  }

  /** The first parts of the names of the modules that a statement imports from. */
  static Set<String> modules(SyntaxNode statement) {
    Optional<SyntaxNode> from = statement.child("module_name");
    if (from.isPresent()) {
      return Set.of(from.get().text().split("\\.", 2)[0]);
    }
    return imported(statement).stream()
        .map(imported -> imported.name().split("\\.", 2)[0])
        .collect(Collectors.toSet());
  }

  /** What is left of a statement when nothing of the program is imported. */
  Optional<String> kept(SyntaxNode statement) {
    if (isOfTests(statement)) {
      return Optional.empty();
    }
    List<Imported> all = imported(statement);
    if (statement.is("import_from_statement") && isProgram(statement)) {
      return joined(
          all.stream()
              .filter(imported -> !imported.alias().equals(imported.name()))
              .map(imported -> imported.alias() + " = " + imported.name())
              .toList());
    }
    List<Imported> others = all.stream().filter(imported -> !isProgram(imported.name())).toList();
    if (all.isEmpty() || others.size() == all.size()) {
      return Optional.of(statement.text());
    }
    String from =
        statement.child("module_name").map(name -> "from " + name.text() + " ").orElse("");
    return joined(
        others.stream()
            .map(imported ->
                from
                    + "import "
                    + imported.name()
                    + (imported.alias().equals(imported.name()) ? "" : " as " + imported.alias()))
            .toList());
  }

  /** Source text as it is when the program's names need no module before them. */
  String unqualified(String source) {
    String result = source;
    for (String module : modules) {
      result = SourceWords.ofPython(result).withoutQualifier(module);
    }
    return result;
  }

  private static Optional<String> joined(List<String> statements) {
    return statements.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", statements));
  }

  private boolean isProgram(SyntaxNode statement) {
    return statement.child("module_name").filter(name -> isProgram(name.text())).isPresent();
  }

  private boolean isProgram(String module) {
    return !program.isEmpty() && module.substring(module.lastIndexOf('.') + 1).equals(program);
  }

  private static List<Imported> imported(SyntaxNode statement) {
    if (!isImport(statement)) {
      return List.of();
    }
    int first = statement.child("module_name").map(SyntaxNode::end).orElse(statement.start());
    List<Imported> imported = new ArrayList<>();
    for (SyntaxNode child : statement.parts()) {
      if (child.start() < first) {
        continue;
      }
      if (child.is("dotted_name")) {
        imported.add(new Imported(child.text(), child.text()));
      } else if (child.is("aliased_import")) {
        String name = child.child("name").map(SyntaxNode::text).orElse("");
        String alias = child.child("alias").map(SyntaxNode::text).orElse(name);
        imported.add(new Imported(name, alias));
      }
    }
    return imported;
  }
}
