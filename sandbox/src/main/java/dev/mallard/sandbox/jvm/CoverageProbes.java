package dev.mallard.sandbox.jvm;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.instruction.LineNumber;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.SortedSet;

/** Makes a method say which of its lines are executed. */
final class CoverageProbes implements CodeTransform {
  static final ClassDesc PROBE = ClassDesc.of("dev.mallard.sandbox.runner.probe.Probe");

  private static final MethodTypeDesc LINE =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int);

  private final SortedSet<Integer> lines;

  CoverageProbes(SortedSet<Integer> lines) {
    this.lines = lines;
  }

  @Override
  public void accept(CodeBuilder builder, CodeElement element) {
    builder.with(element);
    if (element instanceof LineNumber line && lines.contains(line.line())) {
      builder.loadConstant(line.line()).invokestatic(PROBE, "line", LINE);
    }
  }
}
