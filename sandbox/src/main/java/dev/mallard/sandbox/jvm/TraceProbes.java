package dev.mallard.sandbox.jvm;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.LocalVariable;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes a method say what it does, step by step. */
final class TraceProbes implements CodeTransform {
  private static final ClassDesc OBJECTS = ConstantDescs.CD_Object.arrayType();
  private static final MethodTypeDesc ENTER =
      MethodTypeDesc.of(
          ConstantDescs.CD_int,
          ConstantDescs.CD_String,
          ConstantDescs.CD_int,
          ConstantDescs.CD_String,
          OBJECTS);
  private static final MethodTypeDesc STEP =
      MethodTypeDesc.of(
          ConstantDescs.CD_void,
          ConstantDescs.CD_int,
          ConstantDescs.CD_int,
          ConstantDescs.CD_boolean,
          ConstantDescs.CD_String,
          OBJECTS);
  private static final MethodTypeDesc LEAVE =
      MethodTypeDesc.of(
          ConstantDescs.CD_void,
          ConstantDescs.CD_Object,
          ConstantDescs.CD_int,
          ConstantDescs.CD_String);
  private static final MethodTypeDesc RAISE =
      MethodTypeDesc.of(
          ConstantDescs.CD_void,
          ConstantDescs.CD_Throwable,
          ConstantDescs.CD_int,
          ConstantDescs.CD_String);

  /** More local variables than that make a method too long. */
  private static final int MOST_VARIABLES = 30;

  private final String function;
  private final boolean isConstructor;
  private final TypeKind result;
  private final int firstParameter;
  private final int afterParameters;
  private final List<LocalVariable> variables = new ArrayList<>();
  private final Set<Integer> branchingLines = new HashSet<>();
  private final SortedSet<Integer> lines;
  private final Set<LocalVariable> inScope = new LinkedHashSet<>();
  private int firstLine;
  private int frame;
  private @Nullable Label start;

  TraceProbes(ClassModel owner, MethodModel method, CodeModel code, SortedSet<Integer> lines) {
    this.lines = lines;
    String name = method.methodName().stringValue();
    isConstructor = name.equals("<init>");
    MethodTypeDesc type = method.methodTypeSymbol();
    result = TypeKind.from(type.returnType());
    firstParameter = method.flags().has(AccessFlag.STATIC) ? 0 : 1;
    int slot = firstParameter;
    for (ClassDesc parameter : type.parameterList()) {
      slot += TypeKind.from(parameter).slotSize();
    }
    afterParameters = slot;
    function = functionName(owner, name);
    int line = 0;
    for (CodeElement element : code) {
      switch (element) {
        case LocalVariable variable -> {
          if (!variable.name().equalsString("this") && variables.size() < MOST_VARIABLES) {
            variables.add(variable);
          }
        }
        case LineNumber number -> {
          line = number.line();
          firstLine = firstLine == 0 ? line : firstLine;
        }
        case BranchInstruction branch -> {
          if (branch.opcode() != Opcode.GOTO && branch.opcode() != Opcode.GOTO_W) {
            branchingLines.add(line);
          }
        }
        case LookupSwitchInstruction choice -> branchingLines.add(line);
        case TableSwitchInstruction choice -> branchingLines.add(line);
        default -> {}
      }
    }
  }

  private static String functionName(ClassModel owner, String name) {
    if (name.equals("<init>")) {
      String className = owner.thisClass().asSymbol().displayName();
      return className.substring(className.lastIndexOf('$') + 1);
    }
    if (name.equals("<clinit>")) {
      return "static initializer";
    }
    return name.startsWith("lambda$") ? "lambda expression" : name;
  }

  @Override
  public void atStart(CodeBuilder builder) {
    frame = builder.allocateLocal(TypeKind.INT);
    List<LocalVariable> parameters =
        variables.stream()
            .filter(variable -> variable.slot() >= firstParameter)
            .filter(variable -> variable.slot() < afterParameters)
            .toList();
    builder.loadConstant(function).loadConstant(firstLine);
    load(parameters, builder);
    builder.invokestatic(CoverageProbes.PROBE, "enter", ENTER).istore(frame);
    start = builder.newBoundLabel();
  }

  @Override
  public void accept(CodeBuilder builder, CodeElement element) {
    if (element instanceof LabelTarget target) {
      variables.stream()
          .filter(variable -> variable.startScope().equals(target.label()))
          .forEach(inScope::add);
      inScope.removeIf(variable -> variable.endScope().equals(target.label()));
    }
    if (element instanceof ReturnInstruction) {
      leave(builder);
    }
    builder.with(element);
    if (element instanceof LineNumber line && lines.contains(line.line())) {
      builder.iload(frame).loadConstant(line.line());
      builder.loadConstant(branchingLines.contains(line.line()) ? 1 : 0);
      load(List.copyOf(inScope), builder);
      builder.invokestatic(CoverageProbes.PROBE, "step", STEP);
    }
  }

  @Override
  public void atEnd(CodeBuilder builder) {
    // What a constructor throws before it has called another may not be caught in it.
    if (!isConstructor) {
      Label end = builder.newBoundLabel();
      Label handler = builder.newBoundLabel();
      builder.dup().iload(frame).loadConstant(function);
      builder.invokestatic(CoverageProbes.PROBE, "raise", RAISE).athrow();
      builder.exceptionCatchAll(Objects.requireNonNull(start), end, handler);
    }
  }

  private void leave(CodeBuilder builder) {
    switch (result) {
      case VOID -> builder.getstatic(CoverageProbes.PROBE, "VOID", ConstantDescs.CD_Object);
      case LONG, DOUBLE -> {
        builder.dup2();
        box(result, builder);
      }
      case BOOLEAN, BYTE, CHAR, SHORT, INT, FLOAT, REFERENCE -> {
        builder.dup();
        box(result, builder);
      }
    }
    builder.iload(frame).loadConstant(function);
    builder.invokestatic(CoverageProbes.PROBE, "leave", LEAVE);
  }

  private static void load(List<LocalVariable> loaded, CodeBuilder builder) {
    builder.loadConstant(
        loaded.stream().map(local -> local.name().stringValue()).collect(Collectors.joining(",")));
    builder.loadConstant(loaded.size()).anewarray(ConstantDescs.CD_Object);
    for (int index = 0; index < loaded.size(); index++) {
      LocalVariable variable = loaded.get(index);
      TypeKind kind = TypeKind.from(variable.typeSymbol());
      builder.dup().loadConstant(index).loadLocal(kind, variable.slot());
      box(kind, builder);
      builder.aastore();
    }
  }

  private static void box(TypeKind kind, CodeBuilder builder) {
    ClassDesc wrapper =
        switch (kind) {
          case BOOLEAN -> ConstantDescs.CD_Boolean;
          case BYTE -> ConstantDescs.CD_Byte;
          case CHAR -> ConstantDescs.CD_Character;
          case SHORT -> ConstantDescs.CD_Short;
          case INT -> ConstantDescs.CD_Integer;
          case LONG -> ConstantDescs.CD_Long;
          case FLOAT -> ConstantDescs.CD_Float;
          case DOUBLE -> ConstantDescs.CD_Double;
          case REFERENCE, VOID -> ConstantDescs.CD_Object;
        };
    if (kind != TypeKind.REFERENCE) {
      builder.invokestatic(wrapper, "valueOf", MethodTypeDesc.of(wrapper, kind.upperBound()));
    }
  }
}
