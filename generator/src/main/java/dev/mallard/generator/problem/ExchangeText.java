package dev.mallard.generator.problem;

import dev.mallard.sandbox.TestSuite.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Reads exchanges as people, and models, are shown them: a line {@code input:}, the input, a line
 * {@code output:}, the output, and the same again for the next one.
 */
final class ExchangeText {
  private static final String INPUT = "input:";
  private static final String OUTPUT = "output:";

  private final List<String> lines;
  private final BiFunction<Integer, String, ? extends RuntimeException> error;
  private int next;

  /**
   * Makes a reader.
   *
   * @param error makes an exception of the number of a line, from 1, and of what is wrong there
   */
  ExchangeText(String text, BiFunction<Integer, String, ? extends RuntimeException> error) {
    lines = text.lines().toList();
    this.error = error;
  }

  /** The exchanges; at least one. */
  List<Exchange> read() {
    List<Exchange> exchanges = new ArrayList<>();
    while (next < lines.size() && lines.get(next).isBlank()) {
      next++;
    }
    do {
      exchanges.add(exchange());
    } while (next < lines.size());
    return exchanges;
  }

  private Exchange exchange() {
    int start = next + 1;
    if (!isNext(INPUT)) {
      throw error.apply(start, "an exchange begins with a line \"input:\"");
    }
    next++;
    String input = part();
    if (!isNext(OUTPUT)) {
      throw error.apply(
          start, "the exchange that begins here has no line \"output:\" after its input");
    }
    next++;
    String output = part();
    if (isNext(OUTPUT)) {
      throw error.apply(next + 1, "an exchange has one line \"output:\": begin another above it");
    }
    return new Exchange(input, output.stripTrailing());
  }

  private boolean isNext(String mark) {
    return next < lines.size() && lines.get(next).strip().equals(mark);
  }

  /** The lines up to the next mark, each ended. */
  private String part() {
    StringBuilder part = new StringBuilder();
    for (; next < lines.size() && !isNext(INPUT) && !isNext(OUTPUT); next++) {
      part.append(lines.get(next)).append('\n');
    }
    return part.toString();
  }
}
