package dev.mallard.grammars.parse;

import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The tokens of a vocabulary by their bytes. Nodes are numbers in preorder; those below a node
 * follow it, up to its {@link #end}. Never changes, so that threads and grammars share it.
 */
public final class TokenTrie {
  /** No token. */
  static final int NONE = -1;

  private final int vocabularySize;
  private final byte[] labels;
  private final int[] ends;
  private final int[] depths;
  private final int[] tokens;

  /** By token, another one with the same bytes. */
  private final int[] others;

  private final int[] roots;
  private int nodes;

  private TokenTrie(int vocabularySize, byte[][] spellings) {
    this.vocabularySize = vocabularySize;
    int[] sorted =
        IntStream.range(0, vocabularySize)
            .filter(token -> spellings[token].length > 0)
            .boxed()
            .sorted((one, other) -> Arrays.compareUnsigned(spellings[one], spellings[other]))
            .mapToInt(Integer::intValue)
            .toArray();
    int most = count(sorted, spellings);
    labels = new byte[most];
    ends = new int[most];
    depths = new int[most];
    tokens = new int[most];
    others = new int[vocabularySize];
    Arrays.fill(tokens, NONE);
    Arrays.fill(others, NONE);
    build(sorted, spellings);
    int[] first = new int[256];
    int count = 0;
    for (int node = 0; node < nodes; node = ends[node]) {
      first[count++] = node;
    }
    roots = Arrays.copyOf(first, count);
  }

  /**
   * Makes the trie of a vocabulary.
   *
   * @param vocabularySize how many tokens there are
   * @param bytes what each adds to a text; of those that add nothing, such as special tokens, none
   *     is ever allowed
   */
  public static TokenTrie of(int vocabularySize, IntFunction<byte[]> bytes) {
    byte[][] spellings = new byte[vocabularySize][];
    Arrays.setAll(spellings, bytes);
    return new TokenTrie(vocabularySize, spellings);
  }

  private static int count(int[] sorted, byte[][] spellings) {
    byte[] last = {};
    int count = 0;
    for (int token : sorted) {
      byte[] spelling = spellings[token];
      int common = Arrays.mismatch(last, spelling);
      count += common < 0 ? 0 : spelling.length - common;
      last = spelling;
    }
    return count;
  }

  private void build(int[] sorted, byte[][] spellings) {
    int[] path = new int[16];
    byte[] last = {};
    for (int token : sorted) {
      byte[] spelling = spellings[token];
      if (path.length < spelling.length) {
        path = Arrays.copyOf(path, 2 * spelling.length);
      }
      int common = Arrays.mismatch(last, spelling);
      if (common >= 0) {
        close(path, common, last.length);
        for (int i = common; i < spelling.length; i++) {
          labels[nodes] = spelling[i];
          depths[nodes] = i;
          path[i] = nodes++;
        }
      }
      int node = path[spelling.length - 1];
      others[token] = tokens[node];
      tokens[node] = token;
      last = spelling;
    }
    close(path, 0, last.length);
  }

  private void close(int[] path, int from, int to) {
    for (int i = from; i < to; i++) {
      ends[path[i]] = nodes;
    }
  }

  /** How many tokens the vocabulary has, those that add nothing included. */
  public int vocabularySize() {
    return vocabularySize;
  }

  /** The nodes of the first bytes. */
  int[] roots() {
    return roots.clone();
  }

  /** The nodes one byte below another. */
  int[] children(int node) {
    int count = 0;
    for (int child = node + 1; child < ends[node]; child = ends[child]) {
      count++;
    }
    int[] children = new int[count];
    count = 0;
    for (int child = node + 1; child < ends[node]; child = ends[child]) {
      children[count++] = child;
    }
    return children;
  }

  /** The byte that leads to a node. */
  byte label(int node) {
    return labels[node];
  }

  /** The first node behind those below a node. */
  int end(int node) {
    return ends[node];
  }

  /** How many bytes come before a node's own. */
  int depth(int node) {
    return depths[node];
  }

  /** A token that ends at a node, or {@link #NONE}; {@link #other} gives more. */
  int token(int node) {
    return tokens[node];
  }

  /** Another token with the same bytes, or {@link #NONE}. */
  int other(int token) {
    return others[token];
  }
}
