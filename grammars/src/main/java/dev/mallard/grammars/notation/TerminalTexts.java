package dev.mallard.grammars.notation;

import dev.mallard.grammars.parse.GrammarBuilder;
import dev.mallard.grammars.regex.Automaton;
import dev.mallard.grammars.regex.RegexFactory;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** The texts that a terminal matches, to be shown instead of its regular expression. */
public final class TerminalTexts {
  /** Longest text that is one of a few, in bytes. */
  private static final int LONGEST = 16;

  /** What makes an example look like one. */
  private static final List<String> FILLINGS = List.of("abc", "12", "a", "1");

  private static final int[] PREFERRED =
      IntStream.concat(
              IntStream.concat(IntStream.rangeClosed('a', 'z'), IntStream.rangeClosed('0', '9')),
              IntStream.range(0, 256)
                  .filter(value -> !(value >= 'a' && value <= 'z'))
                  .filter(value -> !(value >= '0' && value <= '9'))
                  .boxed()
                  .sorted((one, other) -> Boolean.compare(isPrintable(other), isPrintable(one)))
                  .mapToInt(Integer::intValue))
          .toArray();

  /** What was read, and the automaton's state after it. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared, nor changed.
  private record Beginning(byte[] bytes, int state) {}

  private final Automaton automaton;
  private final int start;

  private TerminalTexts(Automaton automaton) {
    this.automaton = automaton;
    BitSet only = new BitSet();
    only.set(0);
    start = automaton.start(only);
  }

  /**
   * The texts of a terminal.
   *
   * @throws dev.mallard.grammars.GrammarException if something is wrong with it
   */
  public static TerminalTexts of(GrammarText grammar, Definition terminal) {
    RegexFactory factory = new RegexFactory();
    TerminalCompiler compiler =
        new TerminalCompiler(grammar, factory, new GrammarBuilder(factory), new HashSet<>());
    return new TerminalTexts(new Automaton(factory, List.of(compiler.regexOf(terminal))));
  }

  /** All of them, the shortest first; empty if there are more than so many, or long ones. */
  public Optional<List<String>> all(int most) {
    List<String> texts = new ArrayList<>();
    Deque<Beginning> open = new ArrayDeque<>(List.of(new Beginning(new byte[0], start)));
    while (!open.isEmpty()) {
      Beginning beginning = open.remove();
      if (!automaton.accepted(beginning.state()).isEmpty()) {
        texts.add(text(beginning.bytes()));
      }
      for (int value = 0; value < 256; value++) {
        int next = automaton.step(beginning.state(), value);
        if (next != Automaton.DEAD) {
          open.add(new Beginning(append(beginning.bytes(), value), next));
        }
      }
      if (texts.size() + open.size() > most || beginning.bytes().length == LONGEST) {
        return Optional.empty();
      }
    }
    return Optional.of(texts);
  }

  /** One that looks like the others; empty if there is none. */
  public Optional<String> example() {
    return shortest().map(this::fill);
  }

  private Optional<String> shortest() {
    Set<Integer> seen = new HashSet<>(Set.of(start));
    Deque<Beginning> open = new ArrayDeque<>(List.of(new Beginning(new byte[0], start)));
    while (!open.isEmpty()) {
      Beginning beginning = open.remove();
      if (!automaton.accepted(beginning.state()).isEmpty()) {
        return Optional.of(text(beginning.bytes()));
      }
      for (int value : PREFERRED) {
        int next = automaton.step(beginning.state(), value);
        if (next != Automaton.DEAD && seen.add(next)) {
          open.add(new Beginning(append(beginning.bytes(), value), next));
        }
      }
    }
    return Optional.empty();
  }

  private String fill(String shortest) {
    for (String filling : FILLINGS) {
      if (matches(filling)) {
        return filling;
      }
    }
    for (String filling : FILLINGS) {
      for (int i = 0; i <= shortest.length(); i++) {
        String filled = shortest.substring(0, i) + filling + shortest.substring(i);
        if (matches(filled)) {
          return filled;
        }
      }
    }
    return shortest;
  }

  private boolean matches(String text) {
    int state = start;
    for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
      state = automaton.step(state, value);
    }
    return !automaton.accepted(state).isEmpty();
  }

  private static boolean isPrintable(int value) {
    return value > ' ' && value < 0x7f;
  }

  private static byte[] append(byte[] bytes, int value) {
    ByteArrayOutputStream longer = new ByteArrayOutputStream(bytes.length + 1);
    longer.writeBytes(bytes);
    longer.write(value);
    return longer.toByteArray();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
