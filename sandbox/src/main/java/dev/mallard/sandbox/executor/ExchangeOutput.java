package dev.mallard.sandbox.executor;

import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.TestSuite.Exchange;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.Verdict.Comparison;
import dev.mallard.sandbox.Verdict.Failed;
import dev.mallard.sandbox.Verdict.Test;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/**
 * What a program writes in one {@link Exchange} after the other: hands it on as far as the limit on
 * all of it goes, and keeps as much of the current one as is needed to compare it.
 */
public final class ExchangeOutput implements BiConsumer<OutputStreamKind, String> {
  private static final int LONGEST_TEXT = 1000;

  /** What a program may write more than expected, in characters, before the rest is dropped. */
  private static final int SLACK = 1 << 16;

  private final ExecutionListener listener;
  private final StringBuilder written = new StringBuilder();
  private int standardOutputLeft;
  private int standardErrorLeft;

  public ExchangeOutput(Limits limits, ExecutionListener listener) {
    this.listener = listener;
    standardOutputLeft = limits.outputCharacters();
    standardErrorLeft = limits.outputCharacters();
  }

  /** The tests that exchanges are. */
  public static List<Test> tests(List<Exchange> exchanges) {
    return IntStream.range(0, exchanges.size())
        .mapToObj(index -> new Test(index + 1, cut(exchanges.get(index).source())))
        .toList();
  }

  /** Begins the next exchange; returns how many characters of it are to be handed on to here. */
  public synchronized int open(Exchange exchange) {
    written.setLength(0);
    return exchange.output().length() + SLACK;
  }

  @Override
  public synchronized void accept(OutputStreamKind stream, String text) {
    String handedOn =
        switch (stream) {
          case STANDARD_OUTPUT -> {
            written.append(text);
            String start = text.substring(0, Math.min(text.length(), standardOutputLeft));
            standardOutputLeft -= start.length();
            yield start;
          }
          case STANDARD_ERROR -> {
            String start = text.substring(0, Math.min(text.length(), standardErrorLeft));
            standardErrorLeft -= start.length();
            yield start;
          }
        };
    if (!handedOn.isEmpty()) {
      listener.output(stream, handedOn);
    }
  }

  /** How what was written differs from what was expected; empty if it does not. */
  public synchronized Optional<Verdict> failure(Test test, Exchange exchange, int testsPassed) {
    String actual = written.toString();
    if (PrintedText.same(actual, exchange.output())) {
      return Optional.empty();
    }
    Comparison comparison =
        new Comparison(
            "standard output", cut(actual.stripTrailing()), cut(exchange.output().stripTrailing()));
    return Optional.of(new Failed(test, Optional.of(comparison), Optional.empty(), testsPassed));
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + " ...";
  }
}
