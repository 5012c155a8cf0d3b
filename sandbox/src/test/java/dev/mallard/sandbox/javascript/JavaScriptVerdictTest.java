package dev.mallard.sandbox.javascript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.sandbox.DataValue;
import dev.mallard.sandbox.DataValue.Bool;
import dev.mallard.sandbox.DataValue.Mapping;
import dev.mallard.sandbox.DataValue.Null;
import dev.mallard.sandbox.DataValue.Real;
import dev.mallard.sandbox.DataValue.Sequence;
import dev.mallard.sandbox.DataValue.Text;
import dev.mallard.sandbox.DataValue.Whole;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.Observation;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.TestResult;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.TestSuite.Call;
import dev.mallard.sandbox.TestSuite.Calls;
import dev.mallard.sandbox.TestSuite.Exchange;
import dev.mallard.sandbox.TestSuite.ResultSets;
import dev.mallard.sandbox.TestSuite.StandardIo;
import dev.mallard.sandbox.Trace.Called;
import dev.mallard.sandbox.Trace.Raised;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.Verdict.Comparison;
import dev.mallard.sandbox.Verdict.Crashed;
import dev.mallard.sandbox.Verdict.Failed;
import dev.mallard.sandbox.Verdict.Malformed;
import dev.mallard.sandbox.Verdict.Passed;
import dev.mallard.sandbox.Verdict.TimedOut;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class JavaScriptVerdictTest {
  private static Runs runs;

  @BeforeAll
  static void start() {
    runs = new Runs();
  }

  @AfterAll
  static void stop() {
    runs.close();
  }

  private static final String ADD = "const add = (a, b) => a + b;\n";

  private static List<Boolean> outcomes(Report report) {
    return report.tests().stream().map(TestResult::passed).toList();
  }

  @Test
  void assertionsThatHoldPassOneByOne() {
    Report report =
        runs.run(
            ADD,
            "console.assert(add(1, 2) === 3)\nassert(add(1, 1) == 2);\nassert.ok(add(0, 1))\n");
    assertThat(report.verdict()).isEqualTo(new Passed(3));
    assertThat(report.tests())
        .extracting(result -> result.test().source())
        .containsExactly(
            "console.assert(add(1, 2) === 3)", "assert(add(1, 1) == 2)", "assert.ok(add(0, 1))");
  }

  @Test
  void aComparisonThatDoesNotHoldTellsBothSides() {
    Verdict verdict = runs.verdict(ADD, "console.assert(add([1], 2) === 3, 'no %s', 'sum')");
    assertThat(verdict)
        .isEqualTo(
            new Failed(
                new Verdict.Test(1, "console.assert(add([1], 2) === 3, 'no %s', 'sum')"),
                Optional.of(new Comparison("add([1], 2)", "\"12\"", "3")),
                Optional.of("no sum"),
                0));
  }

  @Test
  void allTestsRunWhetherOrNotThoseBeforeThemPassed() {
    String tests =
        """
        const assert = require('assert');
        assert.strictEqual(add(1, 2), 4);
        assert.deepStrictEqual([add(1, 2)], [3]);
        assert.equal(nothing.x, 1);
        assert.deepEqual({a: 1}, {a: 1})
        """;
    Report report = runs.run(ADD, tests);
    assertThat(outcomes(report)).containsExactly(false, true, false, true);
    assertThat(report.verdict())
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.testsPassed()).isEqualTo(2);
              assertThat(failed.comparison().orElseThrow().actual()).isEqualTo("3");
            });
    assertThat(report.tests().get(2).verdict())
        .isInstanceOfSatisfying(
            Crashed.class, crashed -> assertThat(crashed.type()).isEqualTo("ReferenceError"));
  }

  @Test
  void testsInFunctionsAreCountedAsTheyAreReached() {
    String tests =
        """
        const testAdd = () => {
          for (const [a, b] of [[1, 2], [3, 4]])
            console.assert(add(a, b) === a + b)
          console.assert(
            JSON.stringify([add(1, 1)]) === JSON.stringify([3])
          )
        }

        testAdd()
        """;
    Report report = runs.run(ADD, tests);
    assertThat(outcomes(report)).containsExactly(true, true, false);
    assertThat(((Failed) report.verdict()).comparison().orElseThrow().expected())
        .isEqualTo("\"[3]\"");
  }

  @Test
  void anExceptionInTheProgramTellsItsLine() {
    Verdict verdict =
        runs.verdict("\nfunction f(x) {\n  return x.y.z;\n}\n", "console.assert(f({}))");
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Crashed.class,
            crashed -> {
              assertThat(crashed.type()).isEqualTo("TypeError");
              assertThat(crashed.line()).contains(3);
              assertThat(crashed.test()).map(Verdict.Test::number).contains(1);
            });
  }

  @Test
  void anExceptionOfTheProgramItselfIsNoTest() {
    Report report = runs.run("let a = 1;\nthrow new RangeError('bad');", "console.assert(a === 1)");
    assertThat(report.verdict())
        .isEqualTo(new Crashed("RangeError", "bad", Optional.of(2), Optional.empty(), 0));
    assertThat(report.tests()).hasSize(1);
  }

  @Test
  void textThatIsThrownIsTold() {
    assertThat(runs.verdict("throw 'text'", ""))
        .isEqualTo(new Crashed("Uncaught", "text", Optional.of(1), Optional.empty(), 0));
  }

  @Test
  void setUpThatFailsKeepsTestsFromRunning() {
    Report report =
        runs.run(ADD, "console.assert(add(1, 1) === 2)\nconst x = y + 1\nconsole.assert(x === 1)");
    assertThat(outcomes(report)).containsExactly(true, false);
    assertThat(report.verdict()).isInstanceOf(Crashed.class);
  }

  @Test
  void assertionsThatAreNotReachedDoNotPass() {
    assertThat(runs.verdict("", "if (false) console.assert(true)")).isInstanceOf(Crashed.class);
    assertThat(runs.verdict("", "let a = 1")).isEqualTo(new Passed(0));
  }

  @Test
  void thrownExceptionsCanBeExpected() {
    String program = "function f() { throw new TypeError('no'); }";
    String tests =
        """
        assert.throws(() => f());
        assert.throws(f, TypeError)
        assert.throws(() => f(), /no/)
        assert.throws(() => f(), {name: 'TypeError', message: 'no'})
        assert.throws(() => 1)
        assert.throws(() => f(), RangeError)
        assert.doesNotThrow(() => assert.throws(() => 1))
        try { f(); console.assert(false) } catch (e) { console.assert(e instanceof TypeError) }
        """;
    assertThat(outcomes(runs.run(program, tests)))
        .containsExactly(true, true, true, true, false, false, false, true);
  }

  @Test
  void asynchronousProgramsAndTestsAreWaitedFor() {
    String program =
        """
        const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));
        async function f(x) { await sleep(100000); return x * 2; }
        """;
    String tests =
        """
        const two = await f(1);
        console.assert(two === 2);
        (async () => { console.assert(await f(2) === 4); console.assert(await f(3) === 7); })();
        f(4).then(x => assert.strictEqual(x, 8));
        """;
    assertThat(outcomes(runs.run(program, tests))).containsExactly(true, true, true, false);
  }

  @Test
  void aRejectedPromiseIsACrash() {
    assertThat(runs.verdict("async function f() { throw new TypeError('late'); }\nf();", ""))
        .isInstanceOfSatisfying(
            Crashed.class, crashed -> assertThat(crashed.message()).contains("late"));
  }

  @Test
  void whatDoesNotParseIsMalformed() {
    assertThat(runs.verdict("let a = 1;\nlet = ;\n", ""))
        .isInstanceOfSatisfying(
            Malformed.class,
            malformed -> {
              assertThat(malformed.line()).isEqualTo(2);
              assertThat(malformed.message()).startsWith("SyntaxError: ");
            });
    assertThat(runs.executor().check(TestSuite.asserts("console.assert(")))
        .map(Malformed::line)
        .contains(1);
    assertThat(runs.executor().check(TestSuite.asserts("const x = await f()\nassert(x)")))
        .isEmpty();
    assertThat(runs.executor().check(new ResultSets(List.of())))
        .contains(new Malformed("result sets are for SQL", 1, 1));
  }

  @Test
  void modulesAreRunAsScripts() {
    String program =
        """
        import assert from 'assert';
        import { createHash as hash } from "node:crypto";
        export const a = 1;
        export default function f(x) { return x + a; }
        export { f as g };
        export class C {}
        """;
    assertThat(runs.verdict(program, "assert.equal(f(1), 2)\nassert(new C() && hash)"))
        .isEqualTo(new Passed(2));
    assertThat(
            runs.verdict(
                "module.exports = { f: x => x, g() { return 1; } };\nexports.h = 1",
                "assert(f(1) === g())"))
        .isEqualTo(new Passed(1));
    assertThat(runs.verdict("import x from 'http'", ""))
        .isInstanceOfSatisfying(
            Crashed.class,
            crashed -> assertThat(crashed.message()).isEqualTo("Cannot find module 'http'"));
  }

  private static Calls calls(String function, double tolerance, Call... calls) {
    return new Calls(function, List.of(calls), tolerance);
  }

  private static Call call(DataValue expected, DataValue... arguments) {
    return new Call(List.of(arguments), expected);
  }

  private static Sequence list(DataValue... elements) {
    return new Sequence(List.of(elements));
  }

  @Test
  void callsAreComparedFromOutside() {
    String program =
        """
        const f = x => x;
        function keys(o) { return Object.keys(o).sort(); }
        const lost = () => undefined;
        async function later(x) { await null; return {x, y: undefined}; }
        """;
    Mapping mapping = new Mapping(Map.of("a", list(new Whole(1), new Text("ä")), "b", new Null()));
    assertThat(
            runs.run(
                    program,
                    calls(
                        "f",
                        0,
                        call(mapping, mapping),
                        call(new Bool(true), new Bool(true)),
                        call(new Real(1.5), new Real(1.5))))
                .verdict())
        .isEqualTo(new Passed(3));
    assertThat(
            runs.run(program, calls("keys", 0, call(list(new Text("a"), new Text("b")), mapping)))
                .verdict())
        .isEqualTo(new Passed(1));
    assertThat(runs.run(program, calls("lost", 0, call(new Null(), new Whole(1)))).verdict())
        .isEqualTo(new Passed(1));
    assertThat(
            runs.run(
                    program,
                    calls("later", 0, call(new Mapping(Map.of("x", new Whole(3))), new Whole(3))))
                .verdict())
        .isEqualTo(new Passed(1));
    assertThat(
            runs.run(
                    "const f = x => x / 3",
                    calls(
                        "f",
                        1e-6,
                        call(new Real(0.333333), new Whole(1)),
                        call(new Whole(1), new Whole(3))))
                .verdict())
        .isEqualTo(new Passed(2));
  }

  @Test
  void aCallThatReturnsSomethingElseTellsBothSides() {
    Report report =
        runs.run(
            "function f(x) { if (x > 1) throw new Error('big'); return [x, '1']; }",
            calls(
                "f",
                0,
                call(list(new Whole(1), new Whole(1)), new Whole(1)),
                call(new Null(), new Whole(2)),
                call(list(new Whole(0), new Text("1")), new Whole(0))));
    assertThat(outcomes(report)).containsExactly(false, false, true);
    assertThat(((Failed) report.verdict()).comparison())
        .contains(new Comparison("f(1)", "[ 1, '1' ]", "[1, 1]"));
    assertThat(report.tests().get(1).verdict()).isInstanceOf(Crashed.class);
  }

  @Test
  void aFunctionThatIsMissingIsACrash() {
    assertThat(runs.run("", calls("f", 0, call(new Null()))).verdict())
        .isInstanceOfSatisfying(
            Crashed.class, crashed -> assertThat(crashed.message()).isEqualTo("f is not defined"));
  }

  @Test
  void programsReadStandardInputInAnyOfTheUsualWays() {
    List<String> programs =
        List.of(
            "const [a, b] = require('fs').readFileSync(0, 'utf8').split(/\\s+/).map(Number);"
                + "console.log(a + b)",
            "const lines = require('fs').readFileSync('/dev/stdin').toString().trim().split('\\n');"
                + "console.log(Number(lines[0]) + +lines[1])",
            """
            const rl = require('readline').createInterface({input: process.stdin});
            const lines = [];
            rl.on('line', line => lines.push(line));
            rl.on('close', () => console.log(lines.map(Number).reduce((x, y) => x + y)));
            """,
            """
            const readline = require('node:readline');
            (async () => {
              let sum = 0;
              for await (const line of readline.createInterface({input: process.stdin})) sum += +line;
              process.stdout.write(`${sum}\\n`);
            })();
            """,
            """
            let text = '';
            process.stdin.setEncoding('utf8');
            process.stdin.on('data', chunk => text += chunk);
            process.stdin.on('end', () => console.log(eval(text.trim().replace('\\n', '+'))));
            """,
            """
            const rl = require('readline').createInterface({input: process.stdin});
            rl.question('', a => rl.question('', b => { console.log(+a + +b); rl.close(); }));
            """,
            "print(+readline() + +readline()); process.exit(0); print(9)");
    for (String program : programs) {
      StandardIo tests =
          new StandardIo(List.of(new Exchange("1\n2\n", "3"), new Exchange("40\n2\n", "42  \n\n")));
      assertThat(runs.run(program, tests).verdict()).as(program).isEqualTo(new Passed(2));
    }
  }

  @Test
  void outputThatIsAnotherOneTellsBoth() {
    Report report =
        runs.run(
            "let n = +require('fs').readFileSync(0); if (n > 1) process.exit(3); console.log(n)",
            new StandardIo(List.of(new Exchange("1", "2"), new Exchange("5", "5"))));
    assertThat(((Failed) report.verdict()).comparison())
        .contains(new Comparison("standard output", "1", "2"));
    assertThat(report.tests().get(1).verdict())
        .isInstanceOfSatisfying(
            Crashed.class, crashed -> assertThat(crashed.message()).isEqualTo("exit status 3"));
  }

  @Test
  void theTraceIsOfTheFirstTestThatDidNotPass() {
    String program =
        """
        function half(x) {
          if (x % 2) {
            throw new Error('odd');
          }
          return x / 2;
        }
        """;
    Report report =
        runs.run(
            program,
            TestSuite.asserts(
                "const t = () => {\nassert(half(2) === 1);\nassert(half(3) === 1) }\nt()"),
            Observation.TRACE,
            Observation.COVERAGE);
    assertThat(report.trace().orElseThrow().test().number()).isEqualTo(2);
    assertThat(report.trace().orElseThrow().steps())
        .hasSize(4)
        .first()
        .isInstanceOfSatisfying(
            Called.class,
            called -> assertThat(called.arguments().getFirst().value()).isEqualTo("3"));
    assertThat(report.trace().orElseThrow().steps().getLast())
        .isEqualTo(new Raised("half", "Error: odd"));
    assertThat(report.coverage().orElseThrow().missed()).isEmpty();
  }

  @Test
  void callsAndExchangesAreTracedToo() {
    Report report =
        runs.run(
            "const f = x => x;\n",
            calls("f", 0, call(new Whole(1), new Whole(1)), call(new Whole(1), new Whole(7))),
            Observation.TRACE);
    assertThat(report.trace().orElseThrow().steps()).hasSize(3);
    Report exchange =
        runs.run(
            "let a = 1;\na = 2;\nconsole.log(a);",
            new StandardIo(List.of(new Exchange("", "2"), new Exchange("", "3"))),
            Observation.TRACE,
            Observation.COVERAGE);
    assertThat(exchange.trace().orElseThrow().steps()).hasSize(3);
    assertThat(exchange.coverage().orElseThrow().covered()).containsExactly(1, 2, 3);
  }

  @Test
  void anEndlessLoopIsTimedOut() {
    Limits limits = Limits.DEFAULT.withWallClock(Duration.ofMillis(500));
    Report report =
        runs.run(
            "const f = x => { while (x); return 1; }",
            TestSuite.asserts("assert(f(0))\nassert(f(1))\nassert(f(0))"),
            limits);
    assertThat(report.verdict()).isInstanceOf(TimedOut.class);
    assertThat(outcomes(report)).containsExactly(true, false, false);
  }

  @Test
  void aStatementGoesOnAsLongAsJavaScriptSaysSo() {
    String tests =
        """
        const values = [1, 2, 3]
          .map(x => x + 1)
        let text = `a
        console.assert(false)
        ${values.map(x => `<${x}>`)}`
        if (values.length > 2)
          assert(values[0] === 2)
        else
          assert(false)
        do {
          values.pop()
        }
        while (values.length)
        var re = /[/(]"/g, half = 4 / 2
        try {
          null.x
        }
        catch (e) { assert(e instanceof TypeError) }
        assert(values.length
          === 0)
        ;[1].forEach(x => assert.equal(x, 1))
        """;
    assertThat(runs.verdict("", tests)).isEqualTo(new Passed(4));
  }

  @Test
  void whatIsPrintedIsKeptApart() {
    Report report =
        runs.run("console.log('a', [1]); console.error('b')", "console.assert(1 > 2, 'm')");
    assertThat(report.standardOutput()).isEqualTo("a [ 1 ]\n");
    assertThat(report.standardError()).isEqualTo("b\nAssertion failed: m\n");
  }

  @Test
  void ordinaryProgramsAreNotHinderedByWhatIsKeptFromThem() {
    String program =
        """
        class Vector {
          constructor(x) { this.x = x; this.constructor; }
          toString() { return `<${this.x}>`; }
          valueOf() { return this.x; }
          toJSON() { return [this.x]; }
        }
        function Old() { this.toString = function () { return 'old'; }; }
        Old.prototype = Object.create(Vector.prototype);
        Old.prototype.constructor = Old;
        class Stack extends Array { push(x) { return super.push(x * 2); } }
        class OddError extends Error { constructor(m) { super(m); this.name = 'OddError'; } }
        Array.prototype.last = function () { return this[this.length - 1]; };
        String.prototype.shout = function () { return this + '!'; };
        const o = { hasOwnProperty: 1, toString: 2 };
        o.valueOf = 3;
        const map = { constructor: 1 };
        map['toString'] = 5;
        const assert = require('assert');
        """;
    String tests =
        """
        assert.equal(String(new Vector(3)), '<3>')
        assert.equal(new Vector(3) + 1, 4)
        assert.equal(JSON.stringify(new Vector(3)), '[3]')
        assert.equal(String(new Old()), 'old')
        const s = new Stack(); s.push(2)
        assert.deepEqual([...s], [4])
        assert.equal(new OddError('x').toString(), 'OddError: x')
        assert.equal([1, 2].last(), 2)
        assert.equal('a'.shout(), 'a!')
        assert.equal(o.valueOf + o.toString, 5)
        assert.deepEqual(map, {constructor: 1, toString: 5})
        """;
    assertThat(runs.verdict(program, tests)).isEqualTo(new Passed(10));
  }

  @Test
  void hashesAreThoseOfNode() {
    String tests =
        """
        const crypto = require('crypto')
        assert.equal(crypto.createHash('md5').update('a').digest('hex'), '0cc175b9c0f1b6a831c399e269772661')
        assert.equal(crypto.createHash('sha1').update('a').digest('base64'), 'hvfkN/qlp/zhXR3cuerq6jd2Z7g=')
        assert.equal(crypto.createHash('sha256').update('').digest('hex').slice(0, 8), 'e3b0c442')
        assert.equal(require('js-md5')('a'), '0cc175b9c0f1b6a831c399e269772661')
        """;
    assertThat(runs.verdict("", tests)).isEqualTo(new Passed(4));
  }
}
