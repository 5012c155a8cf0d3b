package dev.mallard.grammars.digest;

import dev.mallard.grammars.notation.Expression;
import dev.mallard.grammars.notation.GrammarText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds the rules of what stands around a place in a text: those with the word that begins the
 * statement or the line, or else with the last word before the place, or with the word that begins
 * the line of the bracket that is open.
 */
final class NearbyRules {
  private static final int MOST_ALTERNATIVES = 3;
  private static final char[] ENDS_OF_PARTS = {';', '{', '}'};
  private static final Pattern WORD = Pattern.compile("\\w+");

  /** A part of a rule that may stand for all of it. */
  private record Alternative(String rule, Expression expression) {}

  private final GrammarText grammar;
  private final Outline outline;
  private final List<Alternative> alternatives = new ArrayList<>();

  NearbyRules(GrammarText grammar, Outline outline) {
    this.grammar = grammar;
    this.outline = outline;
    Set<String> inLadders =
        outline.ladders().stream()
            .flatMap(ladder -> ladder.rules().stream())
            .collect(Collectors.toSet());
    outline
        .rules()
        .forEach((rule, expression) -> {
          if (!inLadders.contains(rule)) {
            Expressions.alternatives(expression)
                .forEach(part -> alternatives.add(new Alternative(rule, part)));
          }
        });
  }

  /** What was found: parts of rules, and the texts in them. */
  record Found(Map<String, List<Expression>> rules, Set<String> texts) {}

  /** Finds nothing. */
  static Found nothing() {
    return new Found(Map.of(), Set.of());
  }

  /**
   * Looks for rules.
   *
   * @param before the text before a place
   * @param after the text from there on
   * @param expected names of the terminals that may come there
   */
  Found find(String before, String after, Set<String> expected) {
    for (String anchor : anchors(before, after)) {
      List<Alternative> found = with(anchor, expected);
      if (!found.isEmpty()) {
        int least = score(found.getFirst().expression(), expected) > 0 ? 1 : 0;
        Map<String, List<Expression>> rules = new LinkedHashMap<>();
        found.stream()
            .filter(alternative -> score(alternative.expression(), expected) >= least)
            .limit(MOST_ALTERNATIVES)
            .forEach(alternative ->
                rules
                    .computeIfAbsent(alternative.rule(), _ -> new ArrayList<>())
                    .add(alternative.expression()));
        return new Found(rules, texts(rules));
      }
    }
    return nothing();
  }

  /** The alternatives that begin with a text, or else that contain it; the best first. */
  private List<Alternative> with(String anchor, Set<String> expected) {
    List<Alternative> all =
        alternatives.stream()
            .filter(alternative -> contains(alternative.expression(), anchor))
            .sorted(
                Comparator.comparingInt(
                    (Alternative alternative) -> -score(alternative.expression(), expected)))
            .toList();
    List<Alternative> beginning =
        all.stream()
            .filter(
                alternative -> contains(Expressions.beginning(alternative.expression()), anchor))
            .toList();
    return beginning.isEmpty() ? all : beginning;
  }

  private static Set<String> texts(Map<String, List<Expression>> rules) {
    Set<String> texts = new TreeSet<>();
    rules.values().stream()
        .flatMap(List::stream)
        .flatMap(expression -> Expressions.literals(expression).stream())
        .forEach(literal -> texts.add("\"" + literal.text() + "\""));
    return texts;
  }

  private static boolean contains(Expression expression, String text) {
    return Expressions.literals(expression).stream()
        .anyMatch(literal ->
            literal.anyCase()
                ? literal.text().equalsIgnoreCase(text)
                : literal.text().equals(text));
  }

  /** How many of its texts could come. */
  private static int score(Expression expression, Set<String> expected) {
    return (int)
        Expressions.literals(expression).stream()
            .map(literal -> "\"" + literal.text() + "\"")
            .filter(expected::contains)
            .distinct()
            .count();
  }

  private static Set<String> anchors(String before, String after) {
    Set<String> anchors = new LinkedHashSet<>();
    int lineStart = before.lastIndexOf('\n') + 1;
    String line = before.substring(lineStart);
    int part = 0;
    for (char end : ENDS_OF_PARTS) {
      part = Math.max(part, line.lastIndexOf(end) + 1);
    }
    first(line.isBlank() ? after : line.substring(part)).ifPresent(anchors::add);
    first(line).ifPresent(anchors::add);
    List<String> words = new ArrayList<>();
    WORD.matcher(line).results().forEach(word -> words.addFirst(word.group()));
    anchors.addAll(words);
    openBracket(before)
        .flatMap(bracket -> first(before.substring(before.lastIndexOf('\n', bracket) + 1)))
        .ifPresent(anchors::add);
    return anchors;
  }

  private static Optional<String> first(String line) {
    Matcher matcher = WORD.matcher(line.strip());
    return matcher.lookingAt() ? Optional.of(matcher.group()) : Optional.empty();
  }

  private static Optional<Integer> openBracket(String before) {
    Deque<Integer> open = new ArrayDeque<>();
    for (int i = 0; i < before.length(); i++) {
      if ("([{".indexOf(before.charAt(i)) >= 0) {
        open.push(i);
      } else if (")]}".indexOf(before.charAt(i)) >= 0) {
        open.poll();
      }
    }
    return Optional.ofNullable(open.peek());
  }

  /** What was found, and as many of the definitions that it leads to as fit; perhaps nothing. */
  String write(Found found, int budget, ToIntFunction<String> tokens) {
    Set<String> shown = new LinkedHashSet<>(found.rules().keySet());
    String text = text(found, List.of(), shown);
    if (found.rules().isEmpty() || tokens.applyAsInt(text) > budget) {
      return "";
    }
    List<String> names =
        found.rules().values().stream()
            .flatMap(List::stream)
            .flatMap(expression -> Expressions.names(expression).stream())
            .distinct()
            .toList();
    List<Entry> kept = new ArrayList<>();
    for (Entry entry : outline.from(names)) {
      if (found.rules().keySet().containsAll(entry.defined())) {
        continue;
      }
      Set<String> more = new LinkedHashSet<>(shown);
      more.addAll(entry.defined());
      kept.add(entry);
      String longer = text(found, kept, more);
      if (tokens.applyAsInt(longer) > budget) {
        return text;
      }
      text = longer;
      shown = more;
    }
    return text;
  }

  private String text(Found found, List<Entry> entries, Set<String> shown) {
    List<String> lines = new ArrayList<>();
    found
        .rules()
        .forEach((rule, parts) -> {
          Set<String> parameters =
              Optional.ofNullable(grammar.definitions().get(rule))
                  .map(definition -> Set.copyOf(definition.parameters()))
                  .orElse(Set.of());
          ExpressionWriter writer =
              new ExpressionWriter(
                  name -> shown.contains(name) || parameters.contains(name), outline.plainCase());
          String some = parts.stream().map(writer::write).collect(Collectors.joining(" | "));
          boolean whole = parts.size() == Expressions.alternatives(outline.simple(rule)).size();
          lines.add(rule + ": " + some + (whole ? "" : " | " + ExpressionWriter.OMITTED));
        });
    entries.forEach(entry -> lines.add(entry.text(shown::contains)));
    return String.join("\n", lines);
  }
}
