package dev.mallard.grammars.parse;

import dev.mallard.grammars.parse.TrieReading.Crossing;
import dev.mallard.grammars.parse.TrieReading.Failure;
import dev.mallard.grammars.parse.TrieReading.Stay;
import dev.mallard.grammars.regex.Automaton;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One way through a piece of the trie with the lexer, from one place. */
final class TrieWalk {
  /** Nodes below one from which on they are read once for all. */
  private static final int LARGE = 64;

  /** How a terminal ends. */
  private record End(int accepted, String pending, int column, boolean brokeLine) {}

  /** What is collected of the ways that end in one manner. */
  private static final class Collected {
    private final int state;
    private int[] nodes = new int[4];
    private int count;

    Collected(int state) {
      this.state = state;
    }

    void add(int node) {
      if (count == nodes.length) {
        nodes = Arrays.copyOf(nodes, 2 * count);
      }
      nodes[count++] = node;
    }

    int[] nodes() {
      return Arrays.copyOf(nodes, count);
    }
  }

  private final TrieReader reader;
  private final Grammar grammar;
  private final Automaton automaton;
  private final TokenTrie trie;
  private final boolean between;
  private final Map<Integer, TokenSet.Builder> stays = new LinkedHashMap<>();
  private int lastStay = Automaton.DEAD;
  private TokenSet.Builder lastTokens = new TokenSet.Builder(0);
  private final Map<End, Collected> crossings = new LinkedHashMap<>();
  private final Map<String, Collected> failures = new LinkedHashMap<>();
  private byte[] path = new byte[64];

  /** By bytes read; what was accepted last, and when. */
  private int[] states = new int[65];

  private int[] accepted = new int[65];
  private int[] acceptedAt = new int[65];
  private int[] columns = new int[65];
  private boolean[] brokeLine = new boolean[65];

  /**
   * Begins where a terminal is.
   *
   * @param reader reads parts that others need, too
   * @param between whether the terminal has not begun
   * @param state the automaton's
   * @param column where the next byte stands, if that matters
   * @param broke whether there was a line break in it, if that matters
   */
  TrieWalk(
      TrieReader reader,
      Grammar grammar,
      TokenTrie trie,
      boolean between,
      int state,
      int column,
      boolean broke) {
    this.reader = reader;
    this.grammar = grammar;
    this.automaton = grammar.automaton();
    this.trie = trie;
    this.between = between;
    states[0] = state;
    accepted[0] = !between && automaton.accepts(state) ? state : Automaton.DEAD;
    columns[0] = column;
    brokeLine[0] = broke;
  }

  /**
   * Reads a piece.
   *
   * @param number of the reading
   */
  TrieReading read(TriePiece piece, int number) {
    for (int node : piece.nodes()) {
      read(node);
    }
    List<Stay> stay = new ArrayList<>();
    stays.forEach((state, tokens) -> {
      TokenSet set = tokens.build();
      stay.add(new Stay(state, automaton.alive(state), set));
    });
    List<Crossing> crossing = new ArrayList<>();
    crossings.forEach((end, collected) ->
        crossing.add(
            new Crossing(
                collected.state,
                automaton.alive(collected.state),
                new Lexeme(
                    end.accepted(),
                    end.accepted(),
                    bytes(end.pending()),
                    end.column(),
                    end.brokeLine()),
                reader.piece(collected.nodes()))));
    List<Failure> failure = new ArrayList<>();
    failures.forEach((read, collected) ->
        failure.add(
            new Failure(
                automaton.alive(collected.state), bytes(read), reader.piece(collected.nodes()))));
    return new TrieReading(number, stay, crossing, failure);
  }

  private void read(int first) {
    int base = trie.depth(first);
    int end = trie.end(first);
    int node = first;
    while (node < end) {
      int read = trie.depth(node) - base;
      byte label = trie.label(node);
      int next = automaton.step(states[read], label);
      if (next == Automaton.DEAD) {
        die(node, read);
        node = trie.end(node);
      } else {
        enter(read, label, next);
        if (trie.token(node) != TokenTrie.NONE) {
          stay(node, next);
        }
        if (trie.end(node) - node >= LARGE && isAlone(read + 1)) {
          add(reader.readBelow(node, next));
          node = trie.end(node);
        } else {
          node++;
        }
      }
    }
  }

  /** Whether nothing that came before matters to what follows, but for the state. */
  private boolean isAlone(int read) {
    return acceptedAt[read] == read && !brokeLine[read] && !grammar.needsColumn(states[read]);
  }

  private void add(TrieReading part) {
    for (Stay stay : part.stays()) {
      tokens(stay.state()).add(stay.tokens());
    }
    for (Crossing crossing : part.crossings()) {
      Lexeme end = crossing.end();
      Collected collected =
          crossings.computeIfAbsent(
              new End(end.accepted(), key(end.pending()), end.column(), end.brokeLine()),
              _ -> new Collected(crossing.state()));
      for (int node : crossing.rest().nodes()) {
        collected.add(node);
      }
    }
  }

  private TokenSet.Builder tokens(int state) {
    int alike = automaton.firstAlike(state);
    if (alike != lastStay) {
      lastStay = alike;
      lastTokens = stays.computeIfAbsent(alike, _ -> new TokenSet.Builder(trie.vocabularySize()));
    }
    return lastTokens;
  }

  private void stay(int node, int state) {
    TokenSet.Builder tokens = tokens(state);
    for (int token = trie.token(node); token != TokenTrie.NONE; token = trie.other(token)) {
      tokens.add(token);
    }
  }

  private void enter(int read, byte label, int next) {
    if (read + 1 == states.length) {
      grow();
    }
    path[read] = label;
    states[read + 1] = next;
    boolean lineBreak = label == '\n' || label == '\r';
    columns[read + 1] = Lexeme.column(columns[read], label);
    brokeLine[read + 1] = brokeLine[read] || (lineBreak && grammar.needsLineBreaks());
    if (automaton.accepts(next)) {
      accepted[read + 1] = next;
      acceptedAt[read + 1] = read + 1;
    } else {
      boolean tooLong = read + 1 - acceptedAt[read] > Lexeme.MOST_PENDING;
      accepted[read + 1] = tooLong ? Automaton.DEAD : accepted[read];
      acceptedAt[read + 1] = acceptedAt[read];
    }
  }

  private void grow() {
    int length = 2 * states.length;
    path = Arrays.copyOf(path, length);
    states = Arrays.copyOf(states, length);
    accepted = Arrays.copyOf(accepted, length);
    acceptedAt = Arrays.copyOf(acceptedAt, length);
    columns = Arrays.copyOf(columns, length);
    brokeLine = Arrays.copyOf(brokeLine, length);
  }

  private void die(int node, int read) {
    int last = accepted[read];
    if (last != Automaton.DEAD) {
      End end =
          new End(
              last,
              key(Arrays.copyOfRange(path, acceptedAt[read], read)),
              grammar.needsColumn(last) ? columns[read] : 0,
              brokeLine[read]);
      crossings.computeIfAbsent(end, _ -> new Collected(states[read])).add(node);
    } else if (!between && acceptedAt[read] == 0 && !automaton.accepts(states[0])) {
      failures
          .computeIfAbsent(key(Arrays.copyOf(path, read)), _ -> new Collected(states[read]))
          .add(node);
    }
  }

  /** Bytes as something that can be compared: a character for each. */
  private static String key(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(String key) {
    return key.getBytes(StandardCharsets.ISO_8859_1);
  }
}
