package dev.mallard.grammars.parse;

import com.carrotsearch.hppc.LongObjectHashMap;
import com.carrotsearch.hppc.LongObjectMap;
import java.util.Optional;

/**
 * Answers that depend on what is on top of the parser's stack, found again wherever as much of the
 * stack is the same as was looked at. Questions and stacks are told apart by hashes of 64 bits.
 *
 * @param <V> the answer
 */
final class StackCache<V> {
  /** Depths that are told apart; an answer that looked further down is not kept. */
  private static final int[] DEPTHS = {0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192};

  /** The depths at which there are answers for some question and state on top. */
  private static final class Depths {
    private int known;
    private int knownWithBlocks;
  }

  private final int most;
  private final LongObjectMap<Depths> depths = new LongObjectHashMap<>();
  private final LongObjectMap<V> answers = new LongObjectHashMap<>();

  /**
   * Makes an empty cache.
   *
   * @param most answers; all are forgotten once there are more
   */
  StackCache(int most) {
    this.most = most;
  }

  /**
   * Finds an answer.
   *
   * @param question what else the answer depends on
   * @param blocks signature of the layout's blocks
   * @param inspection is told of what the answer looked at
   */
  Optional<V> find(long question, ParserState state, long blocks, Inspection inspection) {
    Depths tops = depths.get(key(question, 0, state.signature(0)));
    if (tops == null) {
      return Optional.empty();
    }
    for (int i = 0; tops.known >>> i != 0; i++) {
      if ((tops.known >>> i & 1) == 0) {
        continue;
      }
      long stack = state.signature(DEPTHS[i]);
      V answer = answers.get(key(question, i, stack));
      if (answer == null && (tops.knownWithBlocks >>> i & 1) != 0) {
        answer = answers.get(key(question + blocks, i, stack));
        if (answer != null) {
          inspection.blocks();
        }
      }
      if (answer != null) {
        if (i > 0) {
          inspection.below(state.top() - DEPTHS[i] + 1);
        }
        return Optional.of(answer);
      }
    }
    return Optional.empty();
  }

  /**
   * Keeps an answer.
   *
   * @param inspection what it looked at, and nothing else
   */
  void put(long question, ParserState state, long blocks, Inspection inspection, V answer) {
    int depth = inspection.depth(state.top());
    int i = 0;
    while (i < DEPTHS.length && DEPTHS[i] < depth) {
      i++;
    }
    if (i == DEPTHS.length) {
      return;
    }
    if (answers.size() >= most) {
      clear();
    }
    long top = key(question, 0, state.signature(0));
    Depths tops = depths.get(top);
    if (tops == null) {
      tops = new Depths();
      depths.put(top, tops);
    }
    tops.known |= 1 << i;
    long whole = question;
    if (inspection.sawBlocks()) {
      tops.knownWithBlocks |= 1 << i;
      whole += blocks;
    }
    answers.put(key(whole, i, state.signature(DEPTHS[i])), answer);
  }

  /** Forgets all answers. */
  void clear() {
    answers.release();
    depths.release();
  }

  private static long key(long question, int depth, long stack) {
    return Hash.mix(Hash.mix(question) + 31 * stack + depth);
  }
}
