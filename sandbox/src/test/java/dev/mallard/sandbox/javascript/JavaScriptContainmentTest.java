package dev.mallard.sandbox.javascript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.sandbox.DataValue.Sequence;
import dev.mallard.sandbox.DataValue.Whole;
import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.GuestLanguage;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.TestSuite.Call;
import dev.mallard.sandbox.TestSuite.Calls;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.Verdict.Crashed;
import dev.mallard.sandbox.Verdict.OutOfMemory;
import dev.mallard.sandbox.Verdict.Passed;
import dev.mallard.sandbox.Verdict.TimedOut;
import dev.mallard.sandbox.pool.PoolOptions;
import dev.mallard.sandbox.pool.WorkerPool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a program does, it stays inside, fakes nothing, and the next one gets its verdict. */
class JavaScriptContainmentTest {
  private static final Limits SHORT = Limits.DEFAULT.withWallClock(Duration.ofSeconds(2));

  private static Runs runs;

  @BeforeAll
  static void start() {
    runs = new Runs();
  }

  @AfterAll
  static void stop() {
    runs.close();
  }

  @AfterEach
  void theNextProgramGetsItsVerdict() {
    assertThat(runs.verdict("const f = x => x", "console.assert(f(1) === 1)"))
        .isEqualTo(new Passed(1));
  }

  /** Programs that look for a way out; {@code escaped} says whether they have found one. */
  static Stream<Arguments> escapes() {
    return Stream.of(
        Arguments.of("Java.type", "Java.type('java.lang.System').exit(1)"),
        Arguments.of("Packages", "Packages.java.lang.System.exit(1)"),
        Arguments.of("Polyglot.eval", "Polyglot.eval('python', '1')"),
        Arguments.of("Graal", "Graal.versionGraalVM"),
        Arguments.of("load of a file", "load('/etc/passwd')"),
        Arguments.of("load of an object", "loadWithNewGlobal({script: '1', name: 'x'})"),
        Arguments.of("read of a file", "read('/etc/passwd')"),
        Arguments.of("fs.readFileSync", "require('fs').readFileSync('/etc/passwd', 'utf8')"),
        Arguments.of("fs.writeFileSync", "require('fs').writeFileSync('/tmp/x', 'x')"),
        Arguments.of("child_process", "require('child_process').execSync('id')"),
        Arguments.of("net", "require('net').connect(80)"),
        Arguments.of("worker_threads", "new (require('worker_threads').Worker)('x')"),
        Arguments.of("Worker", "new Worker('x')"),
        Arguments.of(
            "Atomics.wait", "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)"),
        Arguments.of("fetch", "fetch('http://localhost')"),
        Arguments.of("XMLHttpRequest", "new XMLHttpRequest()"),
        Arguments.of("WebAssembly", "new WebAssembly.Module(new Uint8Array())"),
        Arguments.of("quit", "quit(0)"),
        Arguments.of("process.binding", "process.binding('fs')"),
        Arguments.of("process.kill", "process.kill(1)"),
        Arguments.of(
            "java in a host function", "console.log.getClass().forName('java.lang.System')"),
        Arguments.of(
            "the constructor of a host function",
            "process.exit.constructor.constructor('return Java')()"),
        Arguments.of("an environment variable", "process.env.PATH.length"),
        Arguments.of(
            "the call site of the harness",
            """
            Error.prepareStackTrace = (e, sites) => sites;
            let found = [];
            console.log({ get [Symbol.toStringTag]() {
              for (const site of new Error().stack) {
                const f = site.getFunction?.();
                if (f && f.caller) found.push(f.caller);
              }
              return '';
            } });
            found[0].begin(1)
            """));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("escapes")
  void noProgramGetsOut(String name, String program) {
    assertThat(runs.run(program, TestSuite.EMPTY, SHORT).verdict()).isInstanceOf(Crashed.class);
  }

  @Test
  void aDynamicImportGetsNothing() {
    assertThat(runs.verdict("import('/etc/passwd').then(m => console.log(m))", ""))
        .isInstanceOf(Crashed.class);
    assertThat(runs.verdict("import * as x from 'https://localhost/x.js'", ""))
        .isInstanceOf(Crashed.class);
  }

  @Test
  void theGlobalObjectHoldsNothingFromOutside() {
    Report report =
        runs.run(
            "const g = this.constructor.constructor('return this')();\n"
                + "console.log(Object.getOwnPropertyNames(g)"
                + ".filter(n => /java|polyglot|graal|load|host|mallard/i.test(n)).join())",
            "");
    assertThat(report.standardOutput()).isEqualTo("\n");
  }

  /** Programs whose {@code f} is wrong, and that want it to pass nevertheless. */
  static Stream<Arguments> fakes() {
    return Stream.of(
        Arguments.of("console.assert", "console.assert = () => {};"),
        Arguments.of("console", "globalThis.console = {assert() {}, log() {}};"),
        Arguments.of(
            "console by definition",
            "Object.defineProperty(globalThis, 'console', {value: {assert() {}}});"),
        Arguments.of("console by declaration", "var console = {assert() {}};"),
        Arguments.of("assert", "globalThis.assert = Object.assign(() => {}, {equal() {}});"),
        Arguments.of("assert by declaration", "const assert = {equal() {}, deepStrictEqual() {}};"),
        Arguments.of("assert.equal", "require('assert').equal = () => {};"),
        Arguments.of(
            "require", "globalThis.require = () => new Proxy(() => 1, {get: () => () => 1});"),
        Arguments.of("JSON.stringify", "JSON.stringify = () => 'same';"),
        Arguments.of("JSON", "JSON = {stringify: () => 'same'};"),
        Arguments.of("Object.prototype.toJSON", "Object.prototype.toJSON = () => 0;"),
        Arguments.of(
            "toJSON by definition",
            "Object.defineProperty(Array.prototype, 'toJSON', {value: () => 0});"
                + "Object.defineProperty(Object.prototype, 'toJSON', {value: () => 0});"),
        Arguments.of("Object.is", "Object.is = () => true;"),
        Arguments.of("Math.abs", "Math.abs = () => 0;"),
        Arguments.of("Array.isArray", "Array.isArray = () => false;"),
        Arguments.of("Array.prototype.every", "Array.prototype.every = () => true;"),
        Arguments.of("Array.prototype.toString", "Array.prototype.toString = () => 'same';"),
        Arguments.of("Object.prototype.toString", "Object.prototype.toString = () => 'same';"),
        Arguments.of("Number.prototype.toFixed", "Number.prototype.toFixed = () => 'same';"),
        Arguments.of("String.prototype.includes", "String.prototype.includes = () => true;"),
        Arguments.of("Array.prototype.join", "Array.prototype.join = () => 'same';"),
        Arguments.of("prototype of arrays", "Array.prototype.__proto__.valueOf = () => 1;"),
        Arguments.of("iteration", "Array.prototype[Symbol.iterator] = function* () {};"),
        Arguments.of(
            "pollution of the prototype",
            "Object.prototype.get = () => 1; Object.prototype.value = 1; ({}).__proto__.holds = true;"),
        Arguments.of(
            "setters of indices",
            "Object.defineProperty(Array.prototype, 0, {set() {}, get() { return true; }});"),
        Arguments.of("WeakMap.prototype.get", "WeakMap.prototype.get = () => undefined;"),
        Arguments.of("Map.prototype.get", "Map.prototype.get = () => [1, 1];"),
        Arguments.of("Function.prototype.call", "Function.prototype.call = () => true;"),
        Arguments.of(
            "Error.prepareStackTrace",
            "Error.prepareStackTrace = () => { throw 1; }; Error.stackTraceLimit = 0;"),
        Arguments.of(
            "a printed pass", "console.log('All tests passed'); console.log('Passed[tests=9]');"),
        Arguments.of(
            "the harness's tool",
            """
            globalThis.cheat = () => {
              for (const key of Reflect.ownKeys(globalThis)) {
                const tool = globalThis[key];
                if (tool && tool.site) for (let i = 0; i < 9; i++) tool.site(i, console.assert)(true);
              }
            };
            """),
        Arguments.of(
            "a tested function that asserts", "globalThis.cheat = () => console.assert(true);"),
        Arguments.of("exit in the middle", "globalThis.cheat = () => process.exit(0);"),
        Arguments.of(
            "exit that cannot be caught",
            "globalThis.cheat = () => { try { process.exit(0); } finally { return 1; } };"),
        Arguments.of(
            "exit in a timer", "globalThis.cheat = () => setTimeout(() => process.exit(0));"),
        Arguments.of("exit in a microtask", "Promise.resolve().then(() => process.exit(0));"),
        Arguments.of(
            "a thrown assertion error",
            "globalThis.cheat = () => { throw new (require('assert').AssertionError)({}); };"),
        Arguments.of("throwing nothing", "globalThis.cheat = () => { throw undefined; };"),
        Arguments.of(
            "eval", "globalThis.cheat = () => (0, eval)('var console = 1; let assert = 2');"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("fakes")
  void noProgramFakesAPass(String name, String program) {
    String wrong = program + "\nfunction f() { globalThis.cheat?.(); return [1, 2]; }\n";
    List<String> tests =
        List.of(
            "console.assert(f()[0] === 2)",
            "const test = () => {\n  console.assert(f()[1] === 1)\n}\ntest()",
            "console.assert(JSON.stringify(f()) === JSON.stringify([2, 1]))",
            "console.assert(f().toString() === '2,1' && f().join() === '2,1')",
            "assert.deepStrictEqual(f(), [2, 1])",
            "require('assert').equal(String(f()), '2,1')",
            "console.assert(Object.is(f()[0], 2) || Math.abs(f()[0] - 2) < 1e-6)",
            "console.assert([...f()].every(x => x > 1) && f()[0].toFixed(1).includes('2'))");
    for (String test : tests) {
      Verdict verdict = runs.run(wrong, TestSuite.asserts(test), SHORT).verdict();
      assertThat(verdict).as(test).isNotInstanceOf(Passed.class);
    }
  }

  @Test
  void aPromiseThatIsNeverSettledIsNoPass() {
    String program = "let n = 0; const f = async () => n++ ? new Promise(() => {}) : 1;";
    for (String tests :
        List.of(
            "(async () => { assert(await f() === 1); assert(await f() === 2) })()",
            "async function t() { assert(await f() === 1); const x = await f(); assert(x) }\nt()",
            "assert(await f() === 1)\nassert(await f() === 2)")) {
      assertThat(runs.verdict(program, tests)).as(tests).isInstanceOf(Crashed.class);
    }
  }

  @Test
  void aResultThatLiesCannotMatch() {
    Calls calls =
        new Calls("f", List.of(new Call(List.of(), new Sequence(List.of(new Whole(1))))), 0);
    for (String program :
        List.of(
            "f = () => ({length: 1, 0: 1, [Symbol.isConcatSpreadable]: true})",
            "f = () => ({toJSON: () => [1]})",
            "f = () => ({valueOf: () => [1], toString: () => '[1]', [Symbol.toPrimitive]: () => 1})",
            "f = () => '[1]'",
            "f = () => new Proxy({}, {get: () => 1, has: () => true})",
            "f = () => [true]",
            "f = () => ['1']",
            "f = () => [[1]]",
            "f = () => [{valueOf: () => 1}]",
            "f = () => new Proxy([1], {get(t, k) { return k === 'length' ? 1 : 2; }})")) {
      Verdict verdict = runs.run("let f; " + program, calls, SHORT).verdict();
      assertThat(verdict).as(program).isInstanceOf(Verdict.Failed.class);
    }
  }

  /** Programs that want to use more than they may. */
  static Stream<Arguments> eaters() {
    return Stream.of(
        Arguments.of("a loop", "while (true);"),
        Arguments.of(
            "a loop that catches", "while (true) try { null.x } catch {} finally { continue }"),
        Arguments.of(
            "a labelled loop", "a: while (true) { try { throw 1 } finally { continue a } }"),
        Arguments.of("microtasks", "const f = () => Promise.resolve().then(f); f();"),
        Arguments.of("timers", "setInterval(() => {}, 1);"),
        Arguments.of(
            "a regular expression with a back reference",
            "/^(a+)+\\1$/.test('a'.repeat(60) + 'b')"),
        Arguments.of("a getter", "console.log({ get [Symbol.toStringTag]() { while (true); } })"),
        Arguments.of("a proxy", "JSON.stringify(new Proxy({}, { ownKeys() { while (true); } }))"),
        Arguments.of(
            "an error's message",
            "throw Object.defineProperty(new Error(), 'message', { get() { while (true); } })"),
        Arguments.of("output", "while (true) console.log('x'.repeat(1000))"),
        Arguments.of("output in one piece", "while (true) console.log('x'.repeat(1e8))"));
  }

  @Test
  void registriesThatFillTheHeapEndWithTheirWorker() throws InterruptedException {
    String program =
        "const r = new FinalizationRegistry(() => { while (true); });"
            + "while (true) r.register({}, 1)";
    try (WorkerPool pool =
        WorkerPool.start(PoolOptions.DEFAULT.withWorkers(1).withAhead(Set.of()))) {
      Execution execution =
          new Execution(GuestLanguage.JAVASCRIPT, program, TestSuite.EMPTY, SHORT);
      assertThat(pool.run(execution).verdict())
          .isInstanceOfAny(TimedOut.class, OutOfMemory.class, Crashed.class);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("eaters")
  void noProgramRunsForEver(String name, String program) {
    Report report = runs.run(program, TestSuite.EMPTY, SHORT);
    assertThat(report.verdict()).isInstanceOfAny(TimedOut.class, OutOfMemory.class, Crashed.class);
    assertThat(report.standardOutput().length()).isLessThanOrEqualTo(SHORT.outputCharacters());
  }

  /** Programs that the engine may not stop in time: a worker then says so, and ends. */
  static Stream<Arguments> stubborn() {
    return Stream.of(
        Arguments.of(
            "recursion that catches",
            "function f() { try { f() } catch { f() } } while (true) f();"),
        Arguments.of("large sorts", "while (true) new Array(1e5).fill().map(Math.random).sort()"),
        Arguments.of("large numbers", "let n = 3n; while (true) n *= n;"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stubborn")
  void aProgramThatCannotBeStoppedGetsAVerdictAllTheSame(String name, String program)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx700m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dpolyglot.engine.WarnInterpreterOnly=false",
                "-cp",
                System.getProperty("java.class.path"),
                LoneProgram.class.getName(),
                program)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      String verdict = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(verdict.strip()).isIn("TimedOut", "OutOfMemory", "Crashed");
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void endlessRecursionIsARangeError() {
    assertThat(runs.verdict("function f(n) { return f(n + 1) + 1; }\nf(0);", ""))
        .isInstanceOfSatisfying(
            Crashed.class,
            crashed -> {
              assertThat(crashed.type()).isEqualTo("RangeError");
              assertThat(crashed.line()).contains(1);
            });
  }

  @Test
  void stringsThatDoubleComeToAnEnd() {
    assertThat(runs.run("let s = 'x'; while (true) s += s;", TestSuite.EMPTY, SHORT).verdict())
        .isInstanceOfAny(Crashed.class, OutOfMemory.class, TimedOut.class);
  }

  @Test
  void aProgramThatChangesItsTestsFunctionsFails() {
    String program =
        """
        Object.defineProperty(globalThis, 'test', {value: () => console.assert(true), writable: false});
        const f = () => 1;
        """;
    assertThat(runs.verdict(program, "function test() { console.assert(f() === 2); }\ntest();"))
        .isNotInstanceOf(Passed.class);
  }

  @Test
  void nothingOfOneProgramIsLeftForTheNext() {
    runs.verdict("globalThis.left = 1; Array.prototype.left = 2; Symbol.for('x').left = 3;", "");
    assertThat(runs.verdict("", "assert(typeof left === 'undefined' && [].left === undefined)"))
        .isEqualTo(new Passed(1));
  }
}
