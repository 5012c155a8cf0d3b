package dev.mallard.sandbox.jvm;

import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.expr.MethodCallExpr;
import dev.mallard.sandbox.jvm.Compilation.Compiled;
import dev.mallard.sandbox.jvm.Compilation.Rejected;
import dev.mallard.sandbox.jvm.JavaSuite.Assertion;
import dev.mallard.sandbox.jvm.JavaSuite.Compound;
import dev.mallard.sandbox.jvm.JavaSuite.Equality;
import dev.mallard.sandbox.jvm.JavaSuite.Part;
import dev.mallard.sandbox.jvm.JavaSuite.SetUp;
import dev.mallard.sandbox.jvm.JavaSuite.Statements;
import dev.mallard.sandbox.jvm.JavaSuite.Unit;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Compiles test suites against a program. */
final class SuiteCompiler {
  /** The class that statements are compiled into. */
  static final String STATEMENTS_CLASS = "MallardTests";

  private static final String FILE_NAME = "Tests.java";

  private final ProgramCompiler compiler;
  private final JavaSuiteParser parser;
  private final Map<String, byte[]> exported = RunnerModule.exportedClasses();

  SuiteCompiler(ProgramCompiler compiler, JavaSuiteParser parser) {
    this.compiler = compiler;
    this.parser = parser;
  }

  Compilation compile(JavaSuite suite, Compiled program, Duration limit) {
    Map<String, byte[]> classPath = new LinkedHashMap<>(program.classes());
    classPath.putAll(exported);
    return switch (suite) {
      case Unit unit -> compiler.compile(FILE_NAME, unit(unit, program), classPath, limit);
      case Statements statements -> {
        Statements qualified = qualified(statements, program);
        Compilation first =
            compiler.compile(FILE_NAME, text(qualified, program, true), classPath, limit);
        // A side may have no type of its own, such as a lambda expression's.
        yield first instanceof Rejected
            ? compiler.compile(FILE_NAME, text(qualified, program, false), classPath, limit)
            : first;
      }
    };
  }

  /** The name of the class that is run, in the package of the program. */
  static String className(String simpleName, Compiled program) {
    return program.packageName().isEmpty() ? simpleName : program.packageName() + "." + simpleName;
  }

  private static String unit(Unit suite, Compiled program) {
    CompilationUnit tree = suite.tree();
    Set<String> types =
        tree.getTypes().stream()
            .map(TypeDeclaration::getNameAsString)
            .collect(Collectors.toCollection(HashSet::new));
    String ownImports =
        tree.getImports().stream().map(Node::toString).collect(Collectors.joining(" "));
    String imports = declarations(SuiteNames.imports(tree, ownImports, types, program));
    // All on the first line, so that the lines of the suite keep their numbers.
    return tree.getPackageDeclaration().isPresent()
        ? suite.source()
        : packageDeclaration(program) + imports + suite.source();
  }

  private static String packageDeclaration(Compiled program) {
    return program.packageName().isEmpty() ? "" : "package " + program.packageName() + "; ";
  }

  private static String declarations(List<String> imports) {
    return imports.stream().map(text -> text + "; ").collect(Collectors.joining());
  }

  /** Calls of the program's methods without a qualifier get one, as if they stood in its class. */
  private Statements qualified(Statements suite, Compiled program) {
    String wrapped = wrapped(suite.body());
    Optional<Node> tree = parser.block(wrapped);
    if (tree.isEmpty()) {
      return suite;
    }
    ProgramClasses classes = new ProgramClasses(program.classes());
    NodeText text = new NodeText(wrapped);
    StringBuilder result = new StringBuilder(wrapped);
    List<MethodCallExpr> calls = SuiteNames.unqualifiedCalls(tree.get());
    calls.sort((first, second) -> Integer.compare(text.start(second), text.start(first)));
    for (MethodCallExpr call : calls) {
      classes
          .unqualified(call.getNameAsString(), call.getArguments().size())
          .ifPresent(method ->
              result.insert(
                  text.start(call),
                  method.isStatic()
                      ? method.simpleClassName() + "."
                      : "new " + method.simpleClassName() + "()."));
    }
    String body = result.substring(2, result.length() - 2);
    return parser.parse(suite.imports() + body)
                instanceof JavaSuiteParser.Result.Parsed(Statements parsed)
            && parsed.statements().size() == suite.statements().size()
        ? parsed
        : suite;
  }

  private static String wrapped(String body) {
    return "{\n" + body + "\n}";
  }

  private String text(Statements suite, Compiled program, boolean decompose) {
    Node tree = parser.block(wrapped(suite.body())).orElseThrow();
    StringBuilder text = new StringBuilder(packageDeclaration(program));
    text.append(declarations(SuiteNames.imports(tree, suite.imports(), Set.of(), program)));
    text.append(suite.imports());
    text.append("import dev.mallard.sandbox.runner.probe.AssertionSink;\n");
    text.append("final class ").append(STATEMENTS_CLASS).append(" {\n");
    text.append("static void run(AssertionSink mallard$sink) throws java.lang.Throwable {\n");
    int test = 0;
    for (Part part : suite.statements()) {
      switch (part) {
        case SetUp(String statement) -> text.append(statement).append('\n');
        case Compound(String statement) ->
            test(++test, statement + "\nmallard$sink.held(" + test + ");", text);
        case Assertion assertion -> test(++test, assertion(test, assertion, decompose), text);
      }
    }
    return text.append("}\n}\n").toString();
  }

  private static void test(int test, String body, StringBuilder text) {
    text.append(
        """
        mallard$sink.begin(%1$d);
        try {
        %2$s
        } catch (java.lang.Throwable mallard$thrown) {
        mallard$sink.threw(%1$d, mallard$thrown);
        }
        """
            .formatted(test, body));
  }

  private static String assertion(int test, Assertion assertion, boolean decompose) {
    String message =
        assertion
            .message()
            .map(expression ->
                """
                try {
                mallard$message = (%s);
                } catch (java.lang.Throwable mallard$ignored) {
                }
                """
                    .formatted(expression))
            .orElse("");
    String result =
        decompose && assertion.equality().isPresent()
            ? "mallard$sink.unequal(%d, mallard$left, mallard$right, mallard$message);"
            : "mallard$sink.notHeld(%d, mallard$message);";
    return """
    %s
    if (mallard$held) {
    mallard$sink.held(%d);
    } else {
    mallard$sink.failing(%d);
    java.lang.Object mallard$message = null;
    %s%s
    }
    """
        .formatted(condition(assertion, decompose), test, test, message, result.formatted(test));
  }

  private static String condition(Assertion assertion, boolean decompose) {
    if (!decompose || assertion.equality().isEmpty()) {
      return "boolean mallard$held = (" + assertion.condition() + ");";
    }
    Equality equality = assertion.equality().get();
    return """
    %s mallard$left = %s;
    %s mallard$right = %s;
    boolean mallard$held = %s;
    """
        .formatted(
            type(equality.left()),
            equality.left(),
            type(equality.right()),
            equality.right(),
            equality.comparison().formatted("mallard$left", "mallard$right"));
  }

  private static String type(String operand) {
    return operand.strip().equals("null") ? "java.lang.Object" : "var";
  }
}
