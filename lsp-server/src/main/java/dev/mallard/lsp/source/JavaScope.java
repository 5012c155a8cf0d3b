package dev.mallard.lsp.source;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.ClassOrInterfaceDeclaration;
import com.github.javaparser.ast.body.FieldDeclaration;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.ThisExpr;
import com.github.javaparser.ast.type.ClassOrInterfaceType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Writes what stands in a type so that it means the same outside of it. */
final class JavaScope {
  private final TypeDeclaration<?> type;
  private final String typeName;
  private final Map<String, MethodDeclaration> methods = new HashMap<>();

  /** Whether each field and type in it can be seen from without. */
  private final Map<String, Boolean> members = new HashMap<>();

  /**
   * The scope of a type.
   *
   * @param typeName its name with those of the types around it
   */
  JavaScope(TypeDeclaration<?> type, String typeName) {
    this.type = type;
    this.typeName = typeName;
    for (Node member : type.getMembers()) {
      switch (member) {
        case MethodDeclaration method -> methods.putIfAbsent(method.getNameAsString(), method);
        case FieldDeclaration field ->
            field
                .getVariables()
                .forEach(variable ->
                    members.put(
                        variable.getNameAsString(), field.isStatic() && !field.isPrivate()));
        case TypeDeclaration<?> inner -> members.put(inner.getNameAsString(), !inner.isPrivate());
        default -> {}
      }
    }
  }

  /** The type's name, with those of the types around it. */
  String typeName() {
    return typeName;
  }

  /**
   * A node as text, in which the type's own methods and other members have the type before them.
   *
   * @return empty if one of them cannot be reached from without
   */
  Optional<String> qualified(Node node) {
    if (isBroken(node)) {
      return Optional.empty();
    }
    Node copy = node.clone();
    boolean[] reached = {true};
    copy.walk(part -> {
      switch (part) {
        case MethodCallExpr call when call.getScope().isEmpty() -> reached[0] &= qualify(call);
        case NameExpr name when members.containsKey(name.getNameAsString()) -> {
          reached[0] &= members.getOrDefault(name.getNameAsString(), false);
          name.setName(typeName + "." + name.getNameAsString());
        }
        case ClassOrInterfaceType named
            when named.getScope().isEmpty() && members.containsKey(named.getNameAsString()) -> {
          reached[0] &= members.getOrDefault(named.getNameAsString(), false);
          named.setName(typeName + "." + named.getNameAsString());
        }
        default -> {}
      }
    });
    return reached[0] ? Optional.of(copy.toString()) : Optional.empty();
  }

  private boolean qualify(MethodCallExpr call) {
    MethodDeclaration method = methods.get(call.getNameAsString());
    if (method == null) {
      return true;
    }
    boolean reached = !method.isPrivate() && (method.isStatic() || canBeMade());
    String receiver = method.isStatic() ? typeName : "new " + typeName + "()";
    call.setName(receiver + "." + call.getNameAsString());
    return reached;
  }

  /** Whether a node did not parse, or means an object that there is not. */
  static boolean isBroken(Node node) {
    return node.findFirst(
            Node.class,
            part -> part.getParsed() != Node.Parsedness.PARSED || part instanceof ThisExpr)
        .isPresent();
  }

  private boolean canBeMade() {
    boolean outer = typeName.indexOf('.') < 0 || type.isStatic();
    return type instanceof ClassOrInterfaceDeclaration declaration
        && outer
        && !declaration.isInterface()
        && !declaration.isAbstract()
        && (declaration.getConstructors().isEmpty()
            || declaration.getConstructors().stream()
                .anyMatch(one -> one.getParameters().isEmpty() && !one.isPrivate()));
  }
}
