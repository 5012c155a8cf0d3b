package dev.mallard.grammars.notation;

import java.util.List;
import java.util.Map;

/**
 * A grammar as it is written.
 *
 * @param definitions by name, in the order of the text
 * @param ignored what may stand between any two terminals
 * @param declared terminals that something else than a regular expression finds, such as
 *     indentation
 * @param soft words that may also be names
 * @param reserved texts that are taken wherever they stand, as words of the rules are
 * @param adjacent terminals before which nothing may be ignored
 * @param verbatim terminals that are texts: where one may come, nothing is ignored
 * @param unbroken terminals before which no line may break, and texts after which none may
 * @param apart terminals just after which no word may come
 * @param words terminals of names that may be any word, even one that is none elsewhere
 * @param layout the terminals of a line's end, of a block's beginning and of its end; that of a
 *     semicolon that was left out; or none
 * @param contexts what may stand only within certain rules
 * @param comments in the order of the text
 */
public record GrammarText(
    Map<String, Definition> definitions,
    List<Expression> ignored,
    List<Expression.Name> declared,
    List<Expression.Literal> soft,
    List<Expression.Literal> reserved,
    List<Expression.Name> adjacent,
    List<Expression.Name> verbatim,
    List<Expression> unbroken,
    List<Expression.Name> apart,
    List<Expression.Name> words,
    List<Expression.Name> layout,
    RuleContexts contexts,
    List<Comment> comments) {

  /**
   * Reads a grammar in Lark's notation.
   *
   * @throws dev.mallard.grammars.GrammarException if it is not one
   */
  public static GrammarText lark(String grammar) {
    return LarkReader.read(grammar);
  }

  /**
   * Reads a grammar in the notation of llama.cpp.
   *
   * @throws dev.mallard.grammars.GrammarException if it is not one
   */
  public static GrammarText gbnf(String grammar) {
    return GbnfReader.read(grammar);
  }

  /** Rules, and nothing else. */
  static GrammarText ofRules(Map<String, Definition> rules) {
    return new GrammarText(
        rules,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        RuleContexts.NONE,
        List.of());
  }
}
