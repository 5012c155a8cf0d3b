package dev.mallard.generator.engine;

import dev.mallard.generator.tokenizer.Tokenizer;
import java.util.Set;

/**
 * What a model's token ids mean.
 *
 * @param tokenizer knows their bytes
 * @param ends those that end a completion
 */
record Tokens(Tokenizer tokenizer, Set<Integer> ends) {
  Tokens {
    ends = Set.copyOf(ends);
  }
}
