package dev.mallard.generator.loop;

import dev.mallard.generator.model.LanguageModel;
import dev.mallard.generator.model.Message;
import dev.mallard.generator.problem.Language;
import dev.mallard.generator.prompt.PromptTemplate;
import dev.mallard.generator.prompt.Quoted;
import dev.mallard.grammars.GrammarSource;
import dev.mallard.grammars.digest.GrammarDigest;
import dev.mallard.grammars.digest.Surroundings;
import dev.mallard.grammars.parse.Grammar;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The grammar of a language, as a model reads it. Not for several threads at once. */
final class LanguageGrammar {
  /** The part of what a model can read that may be grammar. */
  private static final int SHARE_OF_CONTEXT = 3;

  /** Longest rules around a syntax error, in tokens, and as a part of what a model can read. */
  private static final int MOST_AROUND = 200;

  private static final int SHARE_OF_AROUND = 12;

  private final PromptTemplate template = PromptTemplate.load(LanguageGrammar.class, "grammar.md");
  private final LanguageModel model;
  private final Language language;
  private final GrammarSource source;
  private final int tokens;
  private final GrammarDigest digest;
  private final int emptyPrompt;
  private final Map<Integer, String> sections = new HashMap<>();
  private Optional<Grammar> compiled = Optional.empty();

  /**
   * Reads the grammar of a language.
   *
   * @param source of the grammar
   * @param tokens longest section of a prompt, in tokens
   */
  LanguageGrammar(LanguageModel model, Language language, GrammarSource source, int tokens) {
    this.model = model;
    this.language = language;
    this.tokens = Math.min(tokens, model.contextLength() / SHARE_OF_CONTEXT);
    this.source = source;
    digest = GrammarDigest.of(source);
    emptyPrompt = promptTokens("");
  }

  /**
   * The section of a prompt that has the grammar; empty if that is too long even for what matters
   * most.
   *
   * @param part a part of the longest section: 2 for half of it
   */
  String section(int part) {
    return sections.computeIfAbsent(
        part,
        _ ->
            section(
                digest.within(tokens / part, text -> promptTokens(section(text)) - emptyPrompt)));
  }

  private String section(String grammar) {
    return grammar.isEmpty()
        ? ""
        : template.fill(
            Map.of(
                "language", language.displayName(),
                "grammar", Quoted.fenced("ebnf", grammar)));
  }

  private int promptTokens(String text) {
    return model.countTokens(List.of(Message.system(text), Message.user("")));
  }

  /** What the grammar says where a program leaves the language; nothing, if it does not. */
  Optional<Surroundings> around(String program) {
    Grammar grammar = compiled.orElseGet(source::compile);
    compiled = Optional.of(grammar);
    int most = Math.min(MOST_AROUND, model.contextLength() / SHARE_OF_AROUND);
    return digest.around(grammar, program, most, text -> promptTokens(text) - emptyPrompt);
  }
}
