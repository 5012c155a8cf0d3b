package dev.mallard.sandbox.jvm;

import dev.mallard.sandbox.runner.ClassFileBytes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds in compiled classes what tests are about. */
final class ProgramClasses {
  private final Map<String, byte[]> classes;
  private final List<Method> methods = new ArrayList<>();

  /** A method that can be called, of the class with this binary name. */
  record Method(String className, String name, String descriptor, boolean isStatic) {
    int arity() {
      return java.lang.constant.MethodTypeDesc.ofDescriptor(descriptor).parameterCount();
    }

    String simpleClassName() {
      return className.substring(className.lastIndexOf('.') + 1).replace('$', '.');
    }
  }

  ProgramClasses(Map<String, byte[]> classes) {
    this.classes = classes;
    classes.forEach((name, bytes) -> {
      ClassModel model = ClassFile.of().parse(bytes);
      for (MethodModel method : model.methods()) {
        if (!method.flags().has(AccessFlag.ABSTRACT) && !method.flags().has(AccessFlag.SYNTHETIC)) {
          methods.add(
              new Method(
                  name,
                  method.methodName().stringValue(),
                  method.methodType().stringValue(),
                  method.flags().has(AccessFlag.STATIC)));
        }
      }
    });
  }

  List<ClassFileBytes> files() {
    return classes.entrySet().stream()
        .map(entry -> new ClassFileBytes(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** The class whose {@code main} starts the program: the first that is most like a usual one. */
  Optional<String> mainClass() {
    return methods.stream()
        .filter(method -> method.name().equals("main"))
        .filter(method -> method.descriptor().matches("\\((\\[Ljava/lang/String;)?\\)V"))
        .min(
            Comparator.comparing((Method method) -> method.className().contains("$"))
                .thenComparing(method -> !method.className().matches("(.*\\.)?Main"))
                .thenComparing(method -> !method.isStatic())
                .thenComparing(method -> method.descriptor().equals("()V")))
        .map(Method::className);
  }

  /**
   * The class of a method that is called with data.
   *
   * @param function {@code method} or {@code Class.method}
   */
  Optional<String> classOf(String function, int arity) {
    int dot = function.lastIndexOf('.');
    String name = function.substring(dot + 1);
    String className = dot < 0 ? "" : function.substring(0, dot);
    return methods.stream()
        .filter(method -> method.name().equals(name))
        .filter(method -> className.isEmpty() || method.simpleClassName().equals(className))
        .min(
            Comparator.comparing((Method method) -> method.arity() != arity)
                .thenComparing(method -> method.className().contains("$"))
                .thenComparing(method -> !method.simpleClassName().equals("Solution"))
                .thenComparing(method -> !method.simpleClassName().equals("Main")))
        .map(Method::className);
  }

  /** A method of a top-level class, where only one class has it, for calls without a qualifier. */
  Optional<Method> unqualified(String name, int arity) {
    List<Method> found =
        methods.stream()
            .filter(method -> method.name().equals(name) && method.arity() == arity)
            .filter(method -> !method.className().contains("$"))
            .toList();
    return found.stream().map(Method::className).distinct().count() == 1
        ? Optional.of(found.getFirst())
        : Optional.empty();
  }
}
