package dev.mallard.sandbox.jvm;

import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.TestSuite.Asserts;
import dev.mallard.sandbox.TestSuite.Calls;
import dev.mallard.sandbox.TestSuite.ResultSets;
import dev.mallard.sandbox.TestSuite.StandardIo;
import dev.mallard.sandbox.UnconfinedException;
import dev.mallard.sandbox.Verdict.Malformed;
import dev.mallard.sandbox.Verdict.TimedOut;
import dev.mallard.sandbox.confinement.Confinement;
import dev.mallard.sandbox.executor.ExecutionListener;
import dev.mallard.sandbox.executor.Executor;
import dev.mallard.sandbox.executor.SourceText;
import dev.mallard.sandbox.jvm.Compilation.Compiled;
import dev.mallard.sandbox.jvm.Compilation.Rejected;
import dev.mallard.sandbox.jvm.Compilation.Unfinished;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs Java programs: compiles them here, and runs each in a JVM of its own that the operating
 * system confines.
 */
public final class JavaExecutor implements Executor {
  static final String PROGRAM_FILE = "Program.java";

  /** The compiler gets at least this long: it is slow at first. */
  private static final Duration SHORTEST_COMPILATION = Duration.ofSeconds(10);

  private static final String WARM_UP =
      """
      import java.util.*;

      class Solution {
        List<Integer> sorted(List<Integer> numbers) {
          return numbers.stream().sorted().map(number -> number + 1).toList();
        }
      }
      """;

  private final RunnerSupply supply;
  private final ProgramCompiler compiler = new ProgramCompiler();
  private final JavaSuiteParser parser = new JavaSuiteParser();
  private final Planner planner = new Planner(new SuiteCompiler(compiler, parser), parser);

  /**
   * Starts the executor.
   *
   * @throws UnconfinedException if nothing here confines Java programs
   */
  public JavaExecutor() {
    this(Confinement.available());
  }

  JavaExecutor(List<Confinement> confinements) {
    supply = new RunnerSupply(confinements);
    if (compile(WARM_UP, Limits.DEFAULT) instanceof Compiled program) {
      TestSuite tests = TestSuite.asserts("assert new Solution().sorted(null) == null : 1;");
      planner.plan(tests, program, SHORTEST_COMPILATION);
    }
  }

  @Override
  public boolean prepare() {
    return supply.prepare();
  }

  @Override
  public Optional<Malformed> check(TestSuite tests) {
    return switch (tests) {
      case Asserts(String source) ->
          switch (parser.parse(source)) {
            case JavaSuiteParser.Result.Parsed parsed -> Optional.empty();
            case JavaSuiteParser.Result.Refused(Malformed problem) -> Optional.of(problem);
          };
      case Calls calls -> Optional.empty();
      case StandardIo exchanges -> Optional.empty();
      case ResultSets sets -> Optional.of(new Malformed("result sets are for SQL", 1, 1));
    };
  }

  @Override
  public void execute(Execution execution, ExecutionListener listener) {
    long start = System.nanoTime();
    switch (compile(execution.program(), execution.limits())) {
      case Compiled program -> {
        Plan plan = planner.plan(execution.tests(), program, compilationLimit(execution.limits()));
        if (plan instanceof Plan.Endless) {
          abandon(execution, listener, start);
        } else {
          new JavaExecution(execution, program, plan, supply, listener).run();
        }
      }
      case Rejected(Malformed problem) ->
          listener.finished(problem, Duration.ZERO, Optional.empty(), Optional.empty());
      case Unfinished() -> abandon(execution, listener, start);
    }
  }

  private Compilation compile(String source, Limits limits) {
    Optional<Malformed> problem = SourceText.problem(source);
    if (problem.isPresent()) {
      return new Rejected(problem.get());
    }
    Compilation compilation =
        compiler.compile(PROGRAM_FILE, source, Map.of(), compilationLimit(limits));
    if (compilation instanceof Compiled compiled
        && compiled.classes().keySet().stream().anyMatch(name -> name.startsWith("dev.mallard."))) {
      return new Rejected(new Malformed("the package dev.mallard is not the program's", 1, 1));
    }
    return compilation;
  }

  private static Duration compilationLimit(Limits limits) {
    Duration limit = limits.wallClock();
    return limit.compareTo(SHORTEST_COMPILATION) < 0 ? SHORTEST_COMPILATION : limit;
  }

  /** Nothing stops the compiler but the end of the process. */
  private void abandon(Execution execution, ExecutionListener listener, long start) {
    supply.close();
    listener.abandoned(
        new TimedOut(execution.limits().wallClock(), Optional.empty(), 0),
        Duration.ofNanos(System.nanoTime() - start));
  }

  @Override
  public void close() {
    supply.close();
    compiler.close();
  }
}
