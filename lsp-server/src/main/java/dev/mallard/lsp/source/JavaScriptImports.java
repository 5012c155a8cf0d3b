package dev.mallard.lsp.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a file of tests in JavaScript imports.
 *
 * @param program the name of the program's file, without its ending
 * @param modules what all that the program exports is called in the file
 */
record JavaScriptImports(String program, List<String> modules) {
  static final JavaScriptImports NONE = new JavaScriptImports("", List.of());

  private static final Set<String> FRAMEWORKS =
      Set.of("node:test", "test", "vitest", "@jest/globals", "jest", "mocha");
  private static final Pattern ASSERT = Pattern.compile("(?:node:)?assert(?:/strict)?");

  JavaScriptImports {
    modules = List.copyOf(modules);
  }

  /** Those of some statements. */
  static JavaScriptImports of(List<SyntaxNode> statements, String program) {
    JavaScriptImports none = new JavaScriptImports(program, List.of());
    List<String> modules = new ArrayList<>();
    for (SyntaxNode statement : statements) {
      if (module(statement).filter(none::isProgram).isPresent()) {
        whole(statement)
            .filter(name -> !name.isEmpty() && !Character.isUpperCase(name.charAt(0)))
            .ifPresent(modules::add);
      }
    }
    return new JavaScriptImports(program, modules);
  }

  /** Whether a statement imports, or requires, a module. */
  static boolean isImport(SyntaxNode statement) {
    return statement.is("import_statement") || module(statement).isPresent();
  }

  /** The module that a statement imports. */
  private static Optional<String> module(SyntaxNode statement) {
    if (statement.is("import_statement")) {
      return statement.child("source").map(JavaScriptImports::string);
    }
    Optional<SyntaxNode> value =
        switch (statement.type()) {
          case "lexical_declaration", "variable_declaration" ->
              statement.onlyPart().flatMap(declarator -> declarator.child("value"));
          case "expression_statement" -> statement.onlyPart();
          default -> Optional.empty();
        };
    return value
        .map(one -> one.is("member_expression") ? one.child("object").orElse(one) : one)
        .filter(call -> call.is("call_expression"))
        .filter(call ->
            call.child("function").filter(name -> name.text().equals("require")).isPresent())
        .flatMap(call -> call.child("arguments"))
        .flatMap(SyntaxNode::onlyPart)
        .filter(argument -> argument.is("string"))
        .map(JavaScriptImports::string);
  }

  private static String string(SyntaxNode literal) {
    String text = literal.text();
    return text.length() < 2 ? "" : text.substring(1, text.length() - 1);
  }

  private boolean isProgram(String module) {
    return !program.isEmpty()
        && module.startsWith(".")
        && (FileNames.base(module).equals(program) || module.endsWith("/" + program));
  }

  /** The one name that a statement gives to all that a module exports. */
  private static Optional<String> whole(SyntaxNode statement) {
    if (statement.is("import_statement")) {
      return statement
          .first("import_clause")
          .flatMap(SyntaxNode::onlyPart)
          .map(part -> part.is("namespace_import") ? part.onlyPart().orElse(part) : part)
          .filter(part -> part.is("identifier"))
          .map(SyntaxNode::text);
    }
    return statement
        .onlyPart()
        .flatMap(declarator -> declarator.child("name"))
        .filter(name -> name.is("identifier"))
        .map(SyntaxNode::text);
  }

  /** What is left of an import when nothing of the program and of what runs tests is imported. */
  Optional<String> kept(SyntaxNode statement) {
    String module = module(statement).orElse("");
    if (isProgram(module)) {
      return renamed(statement);
    }
    boolean global =
        ASSERT.matcher(module).matches()
            && (whole(statement).filter(name -> name.equals("assert")).isPresent()
                || statement.text().matches("(?s).*\\{\\s*strict\\s*(?:as|:)\\s*assert\\s*}.*"));
    return FRAMEWORKS.contains(module) || global
        ? Optional.empty()
        : Optional.of(JavaScriptTests.variable(statement));
  }

  /** The names that the program's own are imported by, where these are others. */
  private static Optional<String> renamed(SyntaxNode statement) {
    List<String> renamed = new ArrayList<>();
    statement
        .find(
            node -> node.is("import_specifier", "pair_pattern"),
            node -> !node.is("call_expression"))
        .forEach(node -> {
          Optional<SyntaxNode> name = node.child("name").or(() -> node.child("key"));
          Optional<SyntaxNode> alias = node.child("alias").or(() -> node.child("value"));
          if (name.isPresent() && alias.isPresent()) {
            renamed.add("var " + alias.get().text() + " = " + name.get().text() + ";");
          }
        });
    return renamed.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", renamed));
  }

  /** Source text as it is when the program's names need no module before them. */
  String unqualified(String source) {
    String result = source;
    for (String module : modules) {
      result = SourceWords.ofBraces(result).withoutQualifier(module);
    }
    return result;
  }
}
