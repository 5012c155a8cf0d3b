package dev.mallard.sandbox.jvm;

import dev.mallard.sandbox.runner.ClassFileBytes;
import dev.mallard.sandbox.runner.Job.Recording;
import java.io.ByteArrayInputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.instruction.LineNumber;
import java.lang.constant.ClassDesc;
import java.lang.reflect.AccessFlag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Makes the classes of a program say what they do. */
final class Instrumentation {
  private final ClassFile classFile;
  private final Map<String, byte[]> classes;
  private final SortedSet<Integer> lines;

  /**
   * Takes what is to be instrumented.
   *
   * @param lines the lines that count
   */
  Instrumentation(Map<String, byte[]> classes, SortedSet<Integer> lines) {
    this.classes = new LinkedHashMap<>(classes);
    this.lines = lines;
    ClassHierarchyResolver ofProgram =
        ClassHierarchyResolver.ofResourceParsing((ClassDesc type) -> {
          String descriptor = type.descriptorString();
          byte[] bytes =
              this.classes.get(descriptor.substring(1, descriptor.length() - 1).replace('/', '.'));
          return bytes == null ? null : new ByteArrayInputStream(bytes);
        });
    classFile =
        ClassFile.of(
            ClassHierarchyResolverOption.of(
                ofProgram.orElse(ClassHierarchyResolver.defaultResolver())));
  }

  /** The lines that count and for which there is code. */
  SortedSet<Integer> executableLines() {
    SortedSet<Integer> executable = new TreeSet<>();
    for (byte[] bytes : classes.values()) {
      for (MethodModel method : classFile.parse(bytes).methods()) {
        if (isOfSource(method)) {
          executable.addAll(linesOf(method));
        }
      }
    }
    return executable;
  }

  private SortedSet<Integer> linesOf(MethodModel method) {
    SortedSet<Integer> found = new TreeSet<>();
    method
        .code()
        .ifPresent(code ->
            code.forEach(element -> {
              if (element instanceof LineNumber line && lines.contains(line.line())) {
                found.add(line.line());
              }
            }));
    return found;
  }

  List<ClassFileBytes> instrumented(Recording recording) {
    return classes.entrySet().stream()
        .map(entry -> new ClassFileBytes(entry.getKey(), transform(entry.getValue(), recording)))
        .toList();
  }

  private byte[] transform(byte[] bytes, Recording recording) {
    if (recording == Recording.NOTHING) {
      return bytes;
    }
    ClassModel model = classFile.parse(bytes);
    return classFile.transformClass(
        model,
        (builder, element) -> {
          if (element instanceof MethodModel method
              && method.code().isPresent()
              && isOfSource(method)
              && !linesOf(method).isEmpty()) {
            CodeTransform probes =
                recording == Recording.COVERAGE
                    ? new CoverageProbes(lines)
                    : new TraceProbes(model, method, method.code().get(), lines);
            builder.transformMethod(method, MethodTransform.transformingCode(probes));
          } else {
            builder.with(element);
          }
        });
  }

  /** Bridges and the like are the compiler's; bodies of lambda expressions are the program's. */
  private static boolean isOfSource(MethodModel method) {
    return !method.flags().has(AccessFlag.SYNTHETIC)
        || method.methodName().stringValue().startsWith("lambda$");
  }
}
