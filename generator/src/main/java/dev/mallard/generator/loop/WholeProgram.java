package dev.mallard.generator.loop;

import dev.mallard.grammars.GrammarSource;
import dev.mallard.grammars.parse.Grammar;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Whether a text is a whole program by a grammar, which is compiled when first asked. What a model
 * is held to a grammar may seem to end, say in a text of several lines, where it does not.
 */
final class WholeProgram implements Predicate<String> {
  private final GrammarSource source;
  private Optional<Grammar> compiled = Optional.empty();

  WholeProgram(GrammarSource source) {
    this.source = source;
  }

  @Override
  public synchronized boolean test(String program) {
    Grammar grammar = compiled.orElseGet(source::compile);
    compiled = Optional.of(grammar);
    return grammar.accepts(program.getBytes(StandardCharsets.UTF_8));
  }
}
