package dev.mallard.generator.constraint;

import dev.mallard.generator.model.FencedProgram;
import dev.mallard.generator.tokenizer.Tokenizer;
import dev.mallard.grammars.GrammarSource;
import dev.mallard.grammars.parse.Grammar;
import dev.mallard.grammars.parse.TokenMasks;
import dev.mallard.grammars.parse.TokenTrie;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The constraints of one vocabulary. All of them are worked out in a thread of their own, beside
 * what the device computes; what was found for one text is of use to the next.
 */
public final class Constraints implements AutoCloseable {
  private record Compiled(Grammar grammar, TokenMasks masks) {}

  private final Tokenizer tokenizer;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> Thread.ofPlatform().name("grammar").daemon().unstarted(task));

  /** The thread's own. */
  private final Map<GrammarSource, Compiled> compiled = new HashMap<>();

  private Optional<TokenTrie> trie = Optional.empty();
  private Optional<Fence> fence = Optional.empty();

  /**
   * Makes constraints for what a model writes.
   *
   * @param tokenizer of the model; is not closed here
   */
  public Constraints(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /**
   * Begins a program.
   *
   * <p>A grammar with something wrong in it is found when the first token is asked for.
   */
  public Constraint begin(FencedProgram form) {
    return new Constraint(
        tokenizer, thread, CompletableFuture.supplyAsync(() -> start(form.grammar()), thread));
  }

  private ProgramCursor start(GrammarSource source) {
    if (trie.isEmpty()) {
      trie = Optional.of(TokenTrie.of(tokenizer.vocabularySize(), tokenizer::bytes));
      fence = Optional.of(new Fence(tokenizer));
    }
    Compiled ready =
        compiled.computeIfAbsent(
            source,
            text -> {
              Grammar grammar = text.compile();
              return new Compiled(grammar, new TokenMasks(grammar, trie.orElseThrow()));
            });
    return ProgramCursor.start(ready.masks(), fence.orElseThrow(), ready.grammar().start());
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
