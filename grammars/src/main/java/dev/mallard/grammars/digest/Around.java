package dev.mallard.grammars.digest;

import dev.mallard.grammars.notation.Definition;
import dev.mallard.grammars.notation.Expression;
import dev.mallard.grammars.notation.GrammarText;
import dev.mallard.grammars.parse.Grammar;
import dev.mallard.grammars.parse.Terminal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Says what a grammar allows where a text leaves its language. */
final class Around {
  private static final int LONGEST_FOUND = 20;
  private static final Pattern PIECE = Pattern.compile("\\w+|[^\\w\\s]+");

  private final GrammarText grammar;
  private final Terminals terminals;
  private final ExpectedNames names;
  private final NearbyRules rules;
  private final FirstTerminals firsts;

  /** Terminals that are shown, or with which something begins that is. */
  private final Set<String> known = new HashSet<>();

  Around(GrammarText grammar, Remarks remarks, Terminals terminals, Outline outline, String start) {
    this.grammar = grammar;
    this.terminals = terminals;
    firsts = new FirstTerminals(grammar);
    for (Entry entry : outline.all(start)) {
      known.addAll(entry.references());
      entry.defined().forEach(rule -> known.addAll(firsts.of(rule)));
    }
    names = new ExpectedNames(grammar, outline, firsts, remarks);
    rules = new NearbyRules(grammar, outline);
  }

  Optional<Surroundings> find(
      Grammar compiled, String program, int budget, ToIntFunction<String> tokens) {
    Reading reading = new Reading(compiled, program);
    if (reading.isWhole()) {
      return Optional.empty();
    }
    OptionalInt open = reading.openText();
    int offset = open.orElseGet(reading::offset);
    boolean indented = grammar.layout().size() > 1 && reading.isAtLineStart(offset);
    String piece = firstPiece(reading.from(offset));
    List<Integer> columns = indented ? wrongColumns(reading, offset, piece) : List.of();
    Set<String> next =
        indented ? probed(compiled, reading, offset) : next(compiled, reading, offset);
    String before = reading.before(offset);
    NearbyRules.Found found = NearbyRules.nothing();
    Optional<String> outOfPlace = Optional.empty();
    List<String> expected;
    if (open.isPresent()) {
      expected = List.of("the end of what begins with " + piece);
    } else if (!columns.isEmpty()) {
      found =
          columns.getFirst() > columnOf(before)
              ? rules.find(before.stripTrailing(), "", next)
              : found;
      expected = indentation(columns, before);
    } else if (indented && next.isEmpty()) {
      found = rules.find(before.stripTrailing(), "", next);
      expected = List.of(ExpectedNames.BLOCK);
    } else {
      found = rules.find(before, reading.from(offset), next);
      expected = names.of(next, found.texts(), indented ? soft() : Set.of());
      outOfPlace = outOfPlace(piece, next);
    }
    return Optional.of(
        new Surroundings(
            1 + (int) before.chars().filter(c -> c == '\n').count(),
            columnOf(before) + 1,
            piece,
            expected,
            outOfPlace.isEmpty() ? rules.write(found, budget, tokens) : outOfPlace.get()));
  }

  /** Where a word may stand, if that is only within some rules, and not here. */
  private Optional<String> outOfPlace(String piece, Set<String> next) {
    String text = "\"" + piece + "\"";
    List<String> within =
        grammar.contexts().contexts().stream()
            .filter(context ->
                context.parts().stream().anyMatch(part -> firsts.of(part).contains(text)))
            .map(context -> context.rule().name())
            .toList();
    return within.isEmpty() || next.contains(text)
        ? Optional.empty()
        : Optional.of(text + " stands only within " + String.join(", ", within));
  }

  /** The columns at which a line could begin, if the one at which it does is none of them. */
  private static List<Integer> wrongColumns(Reading reading, int offset, String piece) {
    List<Integer> columns = reading.columns(offset, piece);
    return piece.isEmpty() || columns.contains(columnOf(reading.before(offset)))
        ? List.of()
        : columns;
  }

  /** The column after a text, from 0. */
  private static int columnOf(String before) {
    return before.length() - before.lastIndexOf('\n') - 1;
  }

  /** Words that may also be names. */
  private Set<String> soft() {
    return grammar.soft().stream()
        .map(literal -> "\"" + literal.text() + "\"")
        .collect(Collectors.toSet());
  }

  private static Set<String> next(Grammar compiled, Reading reading, int offset) {
    return reading.at(offset).nextTerminals().stream()
        .filter(terminal -> terminal < compiled.terminals().size())
        .mapToObj(terminal -> compiled.terminals().get(terminal).name())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** At a line's beginning, what may come depends on its indentation: all is tried. */
  private Set<String> probed(Grammar compiled, Reading reading, int offset) {
    return compiled.terminals().stream()
        .map(Terminal::name)
        .filter(name -> name.startsWith("\"") || known.contains(name))
        .filter(name -> sample(name).filter(text -> reading.mayStand(offset, text)).isPresent())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Optional<String> sample(String terminal) {
    if (terminal.startsWith("\"")) {
      return Optional.of(terminal.substring(1, terminal.length() - 1));
    }
    Definition definition = grammar.definitions().get(terminal);
    return definition == null || isLayout(terminal)
        ? Optional.empty()
        : terminals.sample(definition);
  }

  private boolean isLayout(String terminal) {
    return grammar.layout().stream().map(Expression.Name::name).anyMatch(terminal::equals);
  }

  /** How far a line may be indented. */
  private static List<String> indentation(List<Integer> columns, String before) {
    int column = columnOf(before);
    if (columns.stream().allMatch(allowed -> allowed > column)) {
      return List.of(ExpectedNames.BLOCK);
    }
    List<String> allowed = new ArrayList<>();
    columns.stream()
        .filter(other -> other <= column)
        .sorted(Comparator.reverseOrder())
        .forEach(other ->
            allowed.add(
                other == 0 ? "a line that is not indented" : "a line indented by " + other));
    return allowed;
  }

  private static String firstPiece(String text) {
    if (text.startsWith("\n") || text.startsWith("\r")) {
      return Surroundings.LINE_END;
    }
    Matcher matcher = PIECE.matcher(text);
    return matcher.find()
        ? matcher.group().substring(0, Math.min(matcher.group().length(), LONGEST_FOUND))
        : "";
  }
}
