package dev.mallard.grammars.digest;

import dev.mallard.grammars.GrammarSource;
import dev.mallard.grammars.notation.GrammarText;
import dev.mallard.grammars.parse.Grammar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * A grammar as a language model reads it: within a budget of tokens, in a compact form, and what is
 * nearest to the start rule first. The same grammar and budget always give the same text.
 */
public final class GrammarDigest {
  private static final String LEGEND =
      "// [x] may be left out, x* is any number of x, x+ one or more; x... is not shown here";

  private static final String LEGEND_OF_CASE = "; words in small letters or capitals";

  private final GrammarText grammar;
  private final Remarks remarks;
  private final Terminals terminals;
  private final Outline outline;
  private final String start;

  private GrammarDigest(String source, GrammarText grammar, String start) {
    this.start = start;
    this.grammar = grammar;
    remarks = Remarks.of(source, grammar);
    terminals = new Terminals(grammar, remarks);
    outline = new Outline(grammar, remarks, terminals);
  }

  /**
   * Reads a grammar.
   *
   * @throws dev.mallard.grammars.GrammarException if it is not one
   */
  public static GrammarDigest of(GrammarSource source) {
    return switch (source.notation()) {
      case LARK, CHECKED_LARK -> lark(source.text(), "start");
      case GBNF -> new GrammarDigest(source.text(), GrammarText.gbnf(source.text()), "root");
    };
  }

  /**
   * Reads a grammar in Lark's notation.
   *
   * @param start the rule that a whole text is
   * @throws dev.mallard.grammars.GrammarException if it is not one
   */
  public static GrammarDigest lark(String grammar, String start) {
    return new GrammarDigest(grammar, GrammarText.lark(grammar), start);
  }

  /**
   * The grammar in its own order with its comments, if that fits; or else condensed, and as much of
   * it as fits. Where a rule is named that is not shown, its name is followed by {@code ...}.
   *
   * @param budget the longest digest, in tokens
   * @param tokens counts the tokens of a text
   * @return empty if nothing fits
   */
  public String within(int budget, ToIntFunction<String> tokens) {
    String whole = WholeText.of(grammar, remarks, terminals);
    if (tokens.applyAsInt(whole) <= budget) {
      return whole;
    }
    List<Entry> all = outline.all(start);
    String remarked = text(all, true);
    return tokens.applyAsInt(remarked) <= budget
        ? remarked
        : text(fitting(all, budget, tokens), false);
  }

  /**
   * What the grammar says where a program leaves the language: what could come there, and the rules
   * of what stands around it.
   *
   * @param compiled the same grammar
   * @param budget the longest text of rules, in tokens
   * @param tokens counts the tokens of a text
   * @return empty if the program belongs to the language
   */
  public Optional<Surroundings> around(
      Grammar compiled, String program, int budget, ToIntFunction<String> tokens) {
    return new Around(grammar, remarks, terminals, outline, start)
        .find(compiled, program, budget, tokens);
  }

  /** The first entries that fit, and then those that still do. */
  private List<Entry> fitting(List<Entry> all, int budget, ToIntFunction<String> tokens) {
    int fits = 0;
    int tooMany = all.size() + 1;
    while (tooMany - fits > 1) {
      int middle = (fits + tooMany) / 2;
      if (tokens.applyAsInt(text(all.subList(0, middle), false)) <= budget) {
        fits = middle;
      } else {
        tooMany = middle;
      }
    }
    List<Entry> kept = new ArrayList<>(all.subList(0, fits));
    int used = tokens.applyAsInt(text(kept, false));
    for (Entry entry : all.subList(fits, all.size())) {
      if (isUsed(entry, kept) && used + tokens.applyAsInt(entry.text(_ -> true)) <= budget) {
        kept.add(entry);
        int more = tokens.applyAsInt(text(kept, false));
        if (more <= budget) {
          used = more;
        } else {
          kept.removeLast();
        }
      }
    }
    return kept;
  }

  private static boolean isUsed(Entry entry, List<Entry> by) {
    return entry.defined().isEmpty()
        || by.stream()
            .anyMatch(other -> other.references().stream().anyMatch(entry.defined()::contains));
  }

  private String text(List<Entry> entries, boolean remarked) {
    if (entries.isEmpty()) {
      return "";
    }
    List<String> lines = new ArrayList<>();
    lines.add(LEGEND + (outline.plainCase() ? LEGEND_OF_CASE : ""));
    lines.addAll(lines(entries, remarked));
    return String.join("\n", lines);
  }

  private static List<String> lines(List<Entry> entries, boolean remarked) {
    Set<String> shown =
        entries.stream().flatMap(entry -> entry.defined().stream()).collect(Collectors.toSet());
    List<String> lines = new ArrayList<>();
    for (Entry entry : entries) {
      if (remarked) {
        entry.remarks().stream().map(WholeText::remarkText).forEach(lines::add);
      }
      lines.add(entry.text(shown::contains));
    }
    return lines;
  }
}
