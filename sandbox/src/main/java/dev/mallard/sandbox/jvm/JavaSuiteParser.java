package dev.mallard.sandbox.jvm;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParseProblemException;
import com.github.javaparser.ParseResult;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ParserConfiguration.LanguageLevel;
import com.github.javaparser.Position;
import com.github.javaparser.Problem;
import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.EnclosedExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.ObjectCreationExpr;
import com.github.javaparser.ast.stmt.AssertStmt;
import com.github.javaparser.ast.stmt.BlockStmt;
import com.github.javaparser.ast.stmt.LocalClassDeclarationStmt;
import com.github.javaparser.ast.stmt.LocalRecordDeclarationStmt;
import com.github.javaparser.ast.stmt.Statement;
import com.github.javaparser.ast.stmt.ThrowStmt;
import dev.mallard.sandbox.Verdict.Malformed;
import dev.mallard.sandbox.executor.SourceText;
import dev.mallard.sandbox.jvm.JavaSuite.Assertion;
import dev.mallard.sandbox.jvm.JavaSuite.Compound;
import dev.mallard.sandbox.jvm.JavaSuite.Equality;
import dev.mallard.sandbox.jvm.JavaSuite.Part;
import dev.mallard.sandbox.jvm.JavaSuite.SetUp;
import dev.mallard.sandbox.jvm.JavaSuite.Statements;
import dev.mallard.sandbox.jvm.JavaSuite.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses test suites in Java. */
final class JavaSuiteParser {
  /** A suite that is a compilation unit or statements, or what is wrong with it. */
  sealed interface Result {
    /** It parses. */
    record Parsed(JavaSuite suite) implements Result {}

    /** It does not. */
    record Refused(Malformed problem) implements Result {}
  }

  /** Imports, with white space and comments between, before statements. */
  private static final Pattern IMPORTS =
      Pattern.compile("(?s)\\A(?:\\s|//[^\\n]*(?:\\n|\\z)|/\\*.*?\\*/|import\\s[^;]*;)*+");

  private static final Pattern IMPORT =
      Pattern.compile("(?m)^\\s*import\\s[^;]*;|;\\s*import\\s[^;]*;");

  private static final Set<String> EQUALS_OF = Set.of("Objects", "Arrays");

  private final JavaParser parser;

  JavaSuiteParser() {
    ParserConfiguration configuration = new ParserConfiguration();
    configuration.setLanguageLevel(LanguageLevel.JAVA_25);
    configuration.setAttributeComments(false);
    parser = new JavaParser(configuration);
  }

  Result parse(String source) {
    Optional<Malformed> problem = SourceText.problem(source);
    if (problem.isPresent()) {
      return new Result.Refused(problem.get());
    }
    try {
      return parseText(source);
    } catch (StackOverflowError | ParseProblemException e) {
      return new Result.Refused(new Malformed("the tests cannot be parsed", 1, 1));
    }
  }

  private Result parseText(String source) {
    ParseResult<CompilationUnit> asUnit = parser.parse(source);
    if (asUnit.isSuccessful() && asUnit.getResult().isPresent()) {
      CompilationUnit unit = asUnit.getResult().get();
      Optional<String> mainClass = mainClass(unit);
      if (mainClass.isPresent()) {
        return new Result.Parsed(new Unit(source, unit, mainClass.get()));
      }
    }
    int start = endOfImports(source);
    // The first line is kept free, so that no column is shifted.
    String body = source.substring(start);
    ParseResult<BlockStmt> asBlock = parser.parseBlock("{\n" + body + "\n}");
    if (!asBlock.isSuccessful() || asBlock.getResult().isEmpty()) {
      boolean looksLikeUnit = source.matches("(?s).*\\bvoid\\s+main\\s*\\(.*");
      return looksLikeUnit
          ? new Result.Refused(problem(asUnit.getProblems(), 0, 0))
          : new Result.Refused(problem(asBlock.getProblems(), lineOf(source, start) - 1, 1));
    }
    BlockStmt block = asBlock.getResult().get();
    NodeText text = new NodeText("{\n" + body + "\n}");
    List<Part> parts = new ArrayList<>();
    for (Statement statement : block.getStatements()) {
      parts.add(part(statement, text));
    }
    return new Result.Parsed(new Statements(imports(source.substring(0, start)), body, parts));
  }

  /** Statements in braces, parsed. */
  Optional<Node> block(String text) {
    return parser.parseBlock(text).getResult().map(block -> block);
  }

  private static Optional<String> mainClass(CompilationUnit unit) {
    for (TypeDeclaration<?> type : unit.getTypes()) {
      for (MethodDeclaration method : type.getMethodsByName("main")) {
        if (method.getParameters().size() <= 1 && method.getType().isVoidType()) {
          return type.getFullyQualifiedName();
        }
      }
    }
    return Optional.empty();
  }

  private static int endOfImports(String source) {
    Matcher matcher = IMPORTS.matcher(source);
    return matcher.find() && matcher.group().contains("import") ? matcher.end() : 0;
  }

  private static String imports(String text) {
    StringBuilder imports = new StringBuilder();
    Matcher matcher = IMPORT.matcher(text);
    while (matcher.find()) {
      imports.append(matcher.group().strip().replaceFirst("^;\\s*", "")).append(' ');
    }
    return imports.toString();
  }

  private static int lineOf(String source, int position) {
    return 1 + (int) source.substring(0, position).chars().filter(c -> c == '\n').count();
  }

  private static Malformed problem(List<Problem> problems, int linesBefore, int linesTooMany) {
    Problem problem = problems.getFirst();
    Position position =
        problem
            .getLocation()
            .flatMap(location -> location.getBegin().getRange())
            .map(range -> range.begin)
            .orElse(new Position(1 + linesTooMany, 1));
    String message = problem.getMessage().lines().findFirst().orElse("the tests do not parse");
    return new Malformed(
        message, Math.max(1, position.line + linesBefore - linesTooMany), position.column);
  }

  private static Part part(Statement statement, NodeText text) {
    if (statement instanceof AssertStmt assertion) {
      return new Assertion(
          text.of(assertion),
          text.of(assertion.getCheck()),
          equality(assertion.getCheck(), text),
          assertion.getMessage().map(text::of));
    }
    boolean declares =
        statement instanceof LocalClassDeclarationStmt
            || statement instanceof LocalRecordDeclarationStmt;
    return !declares && asserts(statement)
        ? new Compound(text.of(statement))
        : new SetUp(text.of(statement));
  }

  private static boolean asserts(Node statement) {
    return statement
        .findFirst(
            Statement.class,
            inner ->
                inner instanceof AssertStmt
                    || (inner instanceof ThrowStmt thrown
                        && thrown.getExpression() instanceof ObjectCreationExpr creation
                        && creation.getType().getNameAsString().equals("AssertionError")))
        .isPresent();
  }

  private static Optional<Equality> equality(Expression condition, NodeText text) {
    return switch (condition) {
      case EnclosedExpr enclosed -> equality(enclosed.getInner(), text);
      case BinaryExpr binary when binary.getOperator() == BinaryExpr.Operator.EQUALS ->
          Optional.of(
              new Equality(text.of(binary.getLeft()), text.of(binary.getRight()), "%1$s == %2$s"));
      case MethodCallExpr call -> equality(call, text);
      default -> Optional.empty();
    };
  }

  private static Optional<Equality> equality(MethodCallExpr call, NodeText text) {
    if (call.getScope().isEmpty() || call.getTypeArguments().isPresent()) {
      return Optional.empty();
    }
    String name = call.getNameAsString();
    String scope = text.of(call.getScope().get());
    boolean compares =
        name.equals("equals") || (name.equals("deepEquals") && EQUALS_OF.contains(scope));
    if (!compares) {
      return Optional.empty();
    }
    if (call.getArguments().size() == 2 && EQUALS_OF.contains(scope)) {
      return Optional.of(
          new Equality(
              text.of(call.getArgument(0)),
              text.of(call.getArgument(1)),
              scope + "." + name + "(%1$s, %2$s)"));
    }
    if (call.getArguments().size() == 1 && !EQUALS_OF.contains(scope)) {
      return Optional.of(new Equality(scope, text.of(call.getArgument(0)), "%1$s.equals(%2$s)"));
    }
    return Optional.empty();
  }
}
