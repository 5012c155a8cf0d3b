package dev.mallard.sandbox.javascript;

import dev.mallard.sandbox.TestSuite.Asserts;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.Verdict.Comparison;
import dev.mallard.sandbox.Verdict.Failed;
import dev.mallard.sandbox.Verdict.Passed;
import dev.mallard.sandbox.Verdict.Test;
import dev.mallard.sandbox.javascript.JavaScriptContext.Assertions;
import dev.mallard.sandbox.javascript.JavaScriptContext.Sides;
import dev.mallard.sandbox.javascript.JavaScriptSuite.Piece;
import dev.mallard.sandbox.javascript.JavaScriptSuite.Site;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;

/** Runs a suite of assertions after the program. */
final class AssertsRun implements Assertions {
  private static final String UNSETTLED = "it waits for a promise that is never settled";
  private static final String UNREACHED = "no assertion of the tests was reached";

  /** An assertion whose arguments are being evaluated. */
  private record Open(int site, int piece, String place, Duration begun) {}

  private final Pass pass;
  private final TestLog log;
  private final JavaScriptSuite suite;
  private final Value program;
  private final Map<Integer, Open> open = new LinkedHashMap<>();
  private final BitSet reached = new BitSet();
  private final List<Optional<Value>> outcomes = new ArrayList<>();
  private int tokens;
  private int current;

  AssertsRun(Pass pass, SuiteParser parser, Asserts asserts, Value program) {
    this.pass = pass;
    this.log = pass.log();
    this.suite = parser.parse(asserts.source(), pass.context().tool());
    this.program = program;
  }

  void run() {
    pass.listener().started(List.of());
    pass.openOutput(new StringBuilder());
    Optional<Verdict> crash = pass.runProgram(program);
    if (crash.isPresent()) {
      boolean ended = pass.context().exitStatus().equals(Optional.of(0)) && !pass.expired();
      if (!ended || !suite.pieces().isEmpty()) {
        log.failed(crash.get());
        log.notRun(unreached(), crash.get());
      }
      return;
    }
    pass.context().arm(this);
    for (current = 0; current < suite.pieces().size(); current++) {
      if (!runPiece(suite.pieces().get(current))) {
        return;
      }
    }
    finish();
  }

  /** Runs a piece, and says whether the next one is to run. */
  private boolean runPiece(Piece piece) {
    String place = "piece " + current;
    pass.tracing().begin(place);
    try {
      Value outcome = pass.context().settle(pass.context().evaluate(piece.text()));
      outcomes.add(Optional.of(outcome));
      if (piece.awaits()) {
        pass.context().runEvents();
      }
      if (!piece.awaits() || !isPending(outcome)) {
        dropEvaluated();
      }
      return true;
    } catch (PolyglotException | IllegalStateException e) {
      outcomes.add(Optional.empty());
      return crashed(e, piece, place);
    } finally {
      pass.tracing().end(place);
    }
  }

  private boolean crashed(RuntimeException thrown, Piece piece, String place) {
    if (isReported(thrown)) {
      dropEvaluated();
      return true;
    }
    Optional<Integer> token = open.keySet().stream().reduce((first, last) -> last);
    boolean isTest = piece.isTest() || token.isPresent();
    Open failed = token.map(open::remove).orElse(new Open(-1, current, place, pass.elapsed()));
    Test test = log.next(failed.site() >= 0 ? source(failed.site()) : piece.source());
    Verdict verdict = pass.ending(thrown, Optional.of(test));
    open.clear();
    if (isTest) {
      log.ended(test, verdict, pass.elapsed().minus(failed.begun()), failed.place());
      pass.tracing().end(failed.place());
    } else {
      log.failed(verdict);
    }
    boolean over = pass.isOver(verdict) || !isTest;
    if (over) {
      log.notRun(unreached(), verdict);
    }
    return !over;
  }

  private boolean isReported(RuntimeException thrown) {
    if (!(thrown instanceof PolyglotException e)
        || e.isCancelled()
        || e.getGuestObject() == null
        || pass.expired()) {
      return false;
    }
    try {
      return pass.context().isReported(e.getGuestObject());
    } catch (PolyglotException | IllegalStateException again) {
      return false;
    }
  }

  /** Forgets assertions whose arguments have thrown what the suite has caught. */
  private void dropEvaluated() {
    open.values().removeIf(test -> test.site() < 0 || !suite.sites().get(test.site()).awaits());
  }

  private void finish() {
    try {
      pass.context().runEvents();
    } catch (PolyglotException | IllegalStateException e) {
      if (!isReported(e)) {
        Piece last = suite.pieces().isEmpty() ? nothing() : suite.pieces().getLast();
        current = Math.max(0, suite.pieces().size() - 1);
        crashed(e, new Piece("", last.source(), true, false), "events");
        return;
      }
    }
    for (int index = 0; index < outcomes.size(); index++) {
      if (outcomes.get(index).isPresent()) {
        settle(outcomes.get(index).get(), index);
      }
    }
    for (Open test : List.copyOf(open.values())) {
      Test unsettled = log.next(source(test.site()));
      log.ended(unsettled, unsettled(unsettled, UNSETTLED), Duration.ZERO, test.place());
    }
    if (!suite.sites().isEmpty() && reached.isEmpty() && !log.anyFailed()) {
      Test first = log.next(source(0));
      log.ended(first, unsettled(first, UNREACHED), Duration.ZERO, "");
    }
  }

  private static Piece nothing() {
    return new Piece("", "", true, false);
  }

  private static Verdict unsettled(Test test, String message) {
    return JavaScriptErrors.crashed("Error", message, Optional.empty(), Optional.of(test));
  }

  private void settle(Value outcome, int index) {
    Piece piece = suite.pieces().get(index);
    switch (outcome.getMember("state").asString()) {
      case "fulfilled" -> open.values().removeIf(test -> test.piece() == index);
      case "pending" -> {
        if (piece.isTest() && open.values().stream().noneMatch(test -> test.piece() == index)) {
          Test test = log.next(piece.source());
          log.ended(test, unsettled(test, UNSETTLED), Duration.ZERO, "piece " + index);
        }
      }
      case "rejected" -> rejected(outcome.getMember("value"), index, piece);
      default -> {}
    }
  }

  private void rejected(Value reason, int index, Piece piece) {
    Optional<Open> failed =
        open.values().stream().filter(test -> test.piece() == index).reduce((one, two) -> two);
    open.values().removeIf(test -> test.piece() == index);
    if (pass.context().isReported(reason)) {
      return;
    }
    Test test = log.next(failed.map(Open::site).map(this::source).orElse(piece.source()));
    Value description = pass.context().describe(reason);
    log.ended(
        test,
        JavaScriptErrors.crashed(
            description.getArrayElement(0).asString(),
            description.getArrayElement(1).asString(),
            Optional.empty(),
            Optional.of(test)),
        Duration.ZERO,
        failed.map(Open::place).orElse("piece " + index));
  }

  private static boolean isPending(Value outcome) {
    return outcome.getMember("state").asString().equals("pending");
  }

  @Override
  public int begun(int site) {
    if (site >= suite.sites().size() || (site < 0 && !suite.sites().isEmpty())) {
      return 0; // One of the program's own.
    }
    int token = ++tokens;
    String place = "assertion " + token;
    open.put(token, new Open(site, current, place, pass.elapsed()));
    if (site >= 0) {
      reached.set(site);
    }
    log.started(log.next(source(site)));
    pass.tracing().begin(place);
    return token;
  }

  @Override
  public void ended(int token, boolean holds, String message, Optional<Sides> sides) {
    if (token == 0) {
      return;
    }
    Open ended = open.remove(token);
    if (ended == null) {
      // Nobody but a program that plays with the tests makes one end twice.
      log.failed(
          JavaScriptErrors.crashed(
              "Error", "an assertion has ended twice", Optional.empty(), Optional.empty()));
      return;
    }
    pass.tracing().end(ended.place());
    Test test = log.next(source(ended.site()));
    Verdict verdict =
        holds
            ? new Passed(1)
            : new Failed(
                test,
                sides.flatMap(both -> comparison(ended.site(), both)),
                Optional.of(message).filter(text -> !text.isEmpty()).map(JavaScriptErrors::cut),
                0);
    log.ended(test, verdict, pass.elapsed().minus(ended.begun()), ended.place());
  }

  private Optional<Comparison> comparison(int site, Sides sides) {
    return site < 0
        ? Optional.empty()
        : suite
            .sites()
            .get(site)
            .expression()
            .map(expression ->
                new Comparison(JavaScriptErrors.cut(expression), sides.actual(), sides.expected()));
  }

  private String source(int site) {
    return site < 0 ? "console.assert(...)" : suite.sites().get(site).source();
  }

  private List<String> unreached() {
    return IntStream.range(0, suite.sites().size())
        .filter(site -> !reached.get(site))
        .mapToObj(suite.sites()::get)
        .map(Site::source)
        .toList();
  }
}
