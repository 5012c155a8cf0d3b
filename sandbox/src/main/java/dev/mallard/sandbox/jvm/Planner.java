package dev.mallard.sandbox.jvm;

import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.TestSuite.Asserts;
import dev.mallard.sandbox.TestSuite.Call;
import dev.mallard.sandbox.TestSuite.Calls;
import dev.mallard.sandbox.TestSuite.Exchange;
import dev.mallard.sandbox.TestSuite.ResultSets;
import dev.mallard.sandbox.TestSuite.StandardIo;
import dev.mallard.sandbox.Verdict.Test;
import dev.mallard.sandbox.jvm.Compilation.Compiled;
import dev.mallard.sandbox.jvm.Compilation.Rejected;
import dev.mallard.sandbox.jvm.Compilation.Unfinished;
import dev.mallard.sandbox.jvm.JavaSuite.Assertion;
import dev.mallard.sandbox.jvm.JavaSuite.Compound;
import dev.mallard.sandbox.jvm.JavaSuite.Equality;
import dev.mallard.sandbox.jvm.JavaSuite.Part;
import dev.mallard.sandbox.jvm.JavaSuite.SetUp;
import dev.mallard.sandbox.jvm.JavaSuite.Statements;
import dev.mallard.sandbox.jvm.JavaSuite.Unit;
import dev.mallard.sandbox.runner.Job.CallData;
import dev.mallard.sandbox.runner.Job.LoadClasses;
import dev.mallard.sandbox.runner.Job.RunCalls;
import dev.mallard.sandbox.runner.Job.RunMain;
import dev.mallard.sandbox.runner.Job.RunStatements;
import dev.mallard.sandbox.runner.Job.RunTestMain;
import dev.mallard.sandbox.runner.Job.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides how a test suite is run against a compiled program. */
final class Planner {
  /** The longest source text of a test that a verdict quotes, in characters. */
  private static final int LONGEST_TEST = 4000;

  private final SuiteCompiler suites;
  private final JavaSuiteParser parser;

  Planner(SuiteCompiler suites, JavaSuiteParser parser) {
    this.suites = suites;
    this.parser = parser;
  }

  Plan plan(TestSuite tests, Compiled program, Duration limit) {
    ProgramClasses classes = new ProgramClasses(program.classes());
    if (tests.isEmpty()) {
      Task task = classes.mainClass().<Task>map(RunMain::new).orElse(new LoadClasses());
      return new Plan.InOneProcess(List.of(), List.of(), List.of(), task);
    }
    return switch (tests) {
      case Asserts(String source) ->
          switch (parser.parse(source)) {
            case JavaSuiteParser.Result.Parsed(JavaSuite suite) -> plan(suite, program, limit);
            case JavaSuiteParser.Result.Refused(var problem) ->
                new Plan.Unfit(
                    List.of(new Test(1, cut(source))), "CompileError", problem.message());
          };
      case Calls calls -> plan(calls, classes);
      case StandardIo(List<Exchange> exchanges) -> {
        List<Test> list = numbered(exchanges.stream().map(Exchange::source).toList());
        yield classes
            .mainClass()
            .<Plan>map(name -> new Plan.Exchanges(list, exchanges, new RunMain(name)))
            .orElse(new Plan.Unfit(list, "NoSuchMethodError", "no class has a method main"));
      }
      case ResultSets sets -> throw new IllegalArgumentException("Result sets are for SQL");
    };
  }

  private static Plan plan(Calls calls, ProgramClasses classes) {
    String function = calls.function();
    List<Test> tests = numbered(calls.calls().stream().map(call -> call.source(function)).toList());
    List<String> expressions = new ArrayList<>();
    List<CallData> data = new ArrayList<>();
    for (Call call : calls.calls()) {
      String source = call.source(function);
      expressions.add(source.substring(0, source.length() - (" == " + call.expected()).length()));
      data.add(new CallData(call.arguments(), call.expected()));
    }
    int arity = calls.calls().getFirst().arguments().size();
    String method = function.substring(function.lastIndexOf('.') + 1);
    Optional<String> className = classes.classOf(function, arity);
    if (className.isEmpty()) {
      return new Plan.Unfit(tests, "NoSuchMethodError", "the program has no method " + function);
    }
    RunCalls task = new RunCalls(className.get(), method, data, calls.tolerance());
    return new Plan.InOneProcess(tests, expressions, List.of(), task);
  }

  private Plan plan(JavaSuite suite, Compiled program, Duration limit) {
    List<Test> tests = tests(suite);
    return switch (suites.compile(suite, program, limit)) {
      case Compiled compiled -> {
        Task task =
            switch (suite) {
              case Unit unit -> new RunTestMain(mainClass(unit, compiled));
              case Statements statements ->
                  new RunStatements(
                      SuiteCompiler.className(SuiteCompiler.STATEMENTS_CLASS, program));
            };
        yield new Plan.InOneProcess(
            tests, expressions(suite), new ProgramClasses(compiled.classes()).files(), task);
      }
      case Rejected(var problem) ->
          new Plan.Unfit(
              tests,
              "CompileError",
              "the tests do not compile with this program: " + problem.message());
      case Unfinished() -> new Plan.Endless(tests);
    };
  }

  private static String mainClass(Unit unit, Compiled compiled) {
    String simpleName = unit.mainClass().substring(unit.mainClass().lastIndexOf('.') + 1);
    return SuiteCompiler.className(simpleName, compiled);
  }

  private static List<Test> tests(JavaSuite suite) {
    return switch (suite) {
      case Unit unit -> List.of(new Test(1, cut(unit.source())));
      case Statements statements -> {
        List<String> texts = new ArrayList<>();
        for (Part part : statements.statements()) {
          switch (part) {
            case SetUp setUp -> {}
            case Compound(String text) -> texts.add(text);
            case Assertion assertion -> texts.add(assertion.text());
          }
        }
        yield numbered(texts);
      }
    };
  }

  private static List<String> expressions(JavaSuite suite) {
    List<String> expressions = new ArrayList<>();
    if (suite instanceof Statements statements) {
      for (Part part : statements.statements()) {
        switch (part) {
          case SetUp setUp -> {}
          case Compound compound -> expressions.add("");
          case Assertion assertion ->
              expressions.add(cut(assertion.equality().map(Equality::left).orElse("")));
        }
      }
    }
    return expressions;
  }

  private static List<Test> numbered(List<String> sources) {
    List<Test> tests = new ArrayList<>();
    for (String source : sources) {
      tests.add(new Test(tests.size() + 1, cut(source)));
    }
    return List.copyOf(tests);
  }

  private static String cut(String source) {
    return source.length() <= LONGEST_TEST ? source : source.substring(0, LONGEST_TEST) + " ...";
  }
}
