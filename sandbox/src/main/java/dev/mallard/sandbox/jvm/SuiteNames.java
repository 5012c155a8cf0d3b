package dev.mallard.sandbox.jvm;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.expr.AnnotationExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.type.ClassOrInterfaceType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Decides what the simple names that tests use mean: a program must not decide what a test does by
 * declaring a type that is called like one of the JDK's.
 */
final class SuiteNames {
  /** What tests can use without importing it. */
  static final List<String> DEFAULT_IMPORTS =
      List.of(
          "import java.util.*",
          "import java.util.function.*",
          "import java.util.stream.*",
          "import java.math.*");

  private SuiteNames() {}

  /**
   * Import declarations for a suite's unit.
   *
   * @param suite the suite, parsed
   * @param ownImports the declarations that the suite has itself, as text
   * @param ownTypes the types that it declares
   */
  static List<String> imports(
      Node suite, String ownImports, Set<String> ownTypes, Compilation.Compiled program) {
    List<String> imports = new ArrayList<>(DEFAULT_IMPORTS);
    for (String declaration : program.imports()) {
      String simpleName = declaration.substring(declaration.lastIndexOf('.') + 1);
      boolean clashes =
          ownTypes.contains(simpleName)
              || ownImports.matches("(?s).*\\.\\s*" + simpleName.replace("*", "\\*") + "\\s*;.*");
      if (!imports.contains(declaration) && (simpleName.equals("*") || !clashes)) {
        imports.add(declaration);
      }
    }
    Set<String> used = names(suite);
    used.removeAll(ownTypes);
    Set<String> ofProgram = new TreeSet<>(used);
    ofProgram.retainAll(new HashSet<>(program.types()));
    List<String> platform = new ArrayList<>();
    boolean usesProgram = false;
    for (String name : ofProgram) {
      Optional<String> qualified = ofPlatform(name, imports, ownImports);
      if (qualified.isPresent()) {
        platform.add("import " + qualified.get());
      } else {
        usesProgram = true;
      }
    }
    if (usesProgram) {
      platform.removeIf(imports::contains);
      imports.addAll(platform);
    }
    return imports;
  }

  private static Set<String> names(Node suite) {
    Set<String> names = new TreeSet<>();
    suite.walk(node -> {
      switch (node) {
        case NameExpr name -> names.add(name.getNameAsString());
        case AnnotationExpr annotation -> names.add(annotation.getNameAsString());
        case ClassOrInterfaceType type -> {
          if (type.getScope().isEmpty()) {
            names.add(type.getNameAsString());
          }
        }
        default -> {}
      }
    });
    return names;
  }

  /** Calls in a suite that have no qualifier. */
  static List<MethodCallExpr> unqualifiedCalls(Node suite) {
    return suite.findAll(MethodCallExpr.class, call -> call.getScope().isEmpty());
  }

  private static Optional<String> ofPlatform(String name, List<String> imports, String ownImports) {
    List<String> packages = new ArrayList<>(List.of("java.lang"));
    List<String> declarations = new ArrayList<>(imports);
    for (String declaration : ownImports.split(";", -1)) {
      declarations.add(declaration.strip());
    }
    for (String declaration : declarations) {
      if (declaration.endsWith("." + name) && declaration.startsWith("import java.")) {
        return Optional.empty(); // Already means the JDK's.
      }
      if (declaration.endsWith(".*") && declaration.startsWith("import java.")) {
        packages.add(declaration.substring("import ".length(), declaration.length() - 2));
      }
    }
    return packages.stream()
        .map(inPackage -> inPackage + "." + name)
        .filter(SuiteNames::exists)
        .findFirst();
  }

  private static boolean exists(String className) {
    try {
      Class.forName(className, false, ClassLoader.getPlatformClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }
}
