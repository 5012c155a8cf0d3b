package dev.mallard.grammars.parse;

import dev.mallard.grammars.parse.Terminal.Trait;
import dev.mallard.grammars.regex.Automaton;
import dev.mallard.grammars.regex.Regex;
import dev.mallard.grammars.regex.RegexFactory;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A context-free language over bytes: terminals, each a regular language, and productions. Not for
 * several threads at once, nor are the prefixes of its texts.
 */
public final class Grammar {
  private final List<Terminal> terminals;
  private final LrParser parser;
  private final Automaton automaton;
  private final BitSet ignored = new BitSet();
  private final BitSet reserved = new BitSet();
  private final BitSet adjacent = new BitSet();
  private final BitSet verbatim = new BitSet();
  private final BitSet sameLine = new BitSet();
  private final BitSet words = new BitSet();
  private final BitSet anyWord = new BitSet();
  private final BitSet names = new BitSet();
  private final BitSet opening = new BitSet();
  private final BitSet closing = new BitSet();
  private final Layout layout;
  private final int lineBreak;
  private final int[] ranks;
  private final StackCache<Expectation> expectations = new StackCache<>(100_000);

  /** By state of the automaton. */
  private final List<int[]> best = new ArrayList<>();

  Grammar(
      List<Terminal> terminals,
      List<Regex> ignored,
      RegexFactory factory,
      Productions productions,
      Layout layout) {
    this.terminals = List.copyOf(terminals);
    this.layout = layout;
    this.parser = new LrParser(productions);
    List<Regex> expressions = new ArrayList<>();
    lineBreak = terminals.size() + ignored.size();
    ranks = new int[lineBreak + 1];
    for (int i = 0; i < terminals.size(); i++) {
      Terminal terminal = terminals.get(i);
      expressions.add(terminal.regex().orElse(factory.nothing()));
      reserved.set(i, terminal.is(Trait.RESERVED));
      adjacent.set(i, terminal.is(Trait.ADJACENT));
      verbatim.set(i, terminal.is(Trait.VERBATIM));
      sameLine.set(i, terminal.is(Trait.SAME_LINE));
      anyWord.set(i, terminal.is(Trait.ANY_WORD));
      ranks[i] = terminal.rank();
      String name = terminal.name();
      opening.set(i, List.of("\"(\"", "\"[\"", "\"{\"").contains(name));
      closing.set(i, List.of("\")\"", "\"]\"", "\"}\"").contains(name));
    }
    this.ignored.set(terminals.size(), lineBreak);
    expressions.addAll(ignored);
    if (layout instanceof Layout.Indentation) {
      // Within brackets, lines have no meaning.
      this.ignored.set(lineBreak);
      expressions.add(factory.either(List.of(factory.text("\n"), factory.text("\r"))));
    }
    this.automaton = new Automaton(factory, expressions);
    findNames();
    if (terminals.stream().anyMatch(terminal -> terminal.is(Trait.APART))) {
      findWords();
    }
  }

  /** The terminals that match reserved words, too, are those of names. */
  private void findNames() {
    BitSet others = new BitSet();
    others.set(0, terminals.size());
    others.andNot(reserved);
    others.andNot(verbatim);
    findNames(automaton.start(reserved), automaton.start(others), new HashSet<>());
  }

  private void findNames(int word, int other, Set<List<Integer>> seen) {
    if (automaton.accepts(word)) {
      names.or(automaton.accepted(other));
    }
    for (int value = 0; value < 256; value++) {
      int longer = automaton.step(word, value);
      if (longer != Automaton.DEAD) {
        int next = automaton.step(other, value);
        if (next != Automaton.DEAD && seen.add(List.of(longer, next))) {
          findNames(longer, next, seen);
        }
      }
    }
  }

  /** The terminals that may begin with a letter, of which those beyond ASCII are not told apart. */
  private void findWords() {
    BitSet all = new BitSet();
    all.set(0, terminals.size());
    int start = automaton.start(all);
    for (int value = 0; value < 256; value++) {
      if (value >= 0x80 || value == '_' || Character.isLetter(value)) {
        words.or(automaton.alive(automaton.step(start, value)));
      }
    }
  }

  /** The empty prefix. */
  public Prefix start() {
    return Prefix.start(this, parser.start());
  }

  /** Whether a text belongs to the language. */
  public boolean accepts(byte[] text) {
    return start().feed(text, 0, text.length).isComplete();
  }

  /** Terminals by number. */
  public List<Terminal> terminals() {
    return terminals;
  }

  /** Which terminals may come at the same place. Found anew by each call. */
  public SamePlaces samePlaces() {
    return new SamePlaces(parser.productions(), parser.table());
  }

  Automaton automaton() {
    return automaton;
  }

  boolean isIgnored(int expression) {
    return ignored.get(expression);
  }

  /** Whether the automaton, in a state, may be reading what is ignored. */
  boolean mayIgnore(int state) {
    return automaton.alive(state).intersects(ignored);
  }

  Layout layout() {
    return layout;
  }

  /** 1 for an opening bracket, -1 for a closing one, else 0; 0 too where that does not matter. */
  int opens(int terminal) {
    if (!(layout instanceof Layout.Indentation)) {
      return 0;
    }
    return opening.get(terminal) ? 1 : closing.get(terminal) ? -1 : 0;
  }

  /** What matters of a terminal to what comes after it. */
  Place.Last last(int terminal) {
    Terminal of = terminals.get(terminal);
    return of.is(Trait.ENDS_WITH_LINE)
        ? Place.Last.ENDS_WITH_LINE
        : of.is(Trait.APART) ? Place.Last.APART : Place.Last.ANY;
  }

  /** Whether line breaks between terminals matter. */
  boolean needsLineBreaks() {
    return layout instanceof Layout.Semicolons || !sameLine.isEmpty();
  }

  /** Whether the automaton, in a state, may be reading the end of a line whose column matters. */
  boolean needsColumn(int state) {
    return layout instanceof Layout.Indentation indentation
        && automaton.alive(state).get(indentation.newline());
  }

  /**
   * What may come at a place.
   *
   * @param inspection is told of what it depends on
   */
  Expectation expectation(ParserState state, Place place, Inspection inspection) {
    // Of the brackets it matters only whether some are open.
    int question =
        new Place(
                place.first(),
                place.skipped(),
                place.brokeLine(),
                place.last(),
                Math.min(1, place.brackets()),
                Place.Block.OUTERMOST)
            .variant();
    Optional<Expectation> known = expectations.find(question, state, 0, inspection);
    if (known.isPresent()) {
      return known.get();
    }
    Inspection own = new Inspection();
    BitSet wanted = wanted(state, place, own);
    BitSet viable = (BitSet) wanted.clone();
    viable.or(ignored);
    Expectation expectation =
        new Expectation(wanted, viable, automaton.start(sought(wanted, place)));
    inspection.add(own);
    expectations.put(question, state, 0, own, expectation);
    return expectation;
  }

  private BitSet wanted(ParserState state, Place place, Inspection inspection) {
    BitSet wanted = place.isLineOver() ? new BitSet() : (BitSet) state.allowed(inspection).clone();
    switch (layout) {
      case Layout.Free _ -> {}
      case Layout.Semicolons(int semicolon) ->
          state
              .after(semicolon, inspection)
              .ifPresent(after ->
                  after.allowed(inspection).stream()
                      .filter(terminal ->
                          terminal != parser.productions().end() && mayLackBefore(terminal, place))
                      .forEach(wanted::set));
      case Layout.Indentation indentation -> {
        if (place.brackets() > 0) {
          wanted.clear(indentation.newline());
        }
        if (place.isIndentedFirst()) {
          boolean newline = wanted.get(indentation.newline());
          wanted.clear();
          wanted.set(indentation.newline(), newline);
        }
      }
    }
    wanted.clear(parser.productions().end());
    if (place.skipped()) {
      wanted.andNot(adjacent);
    } else if (place.last() == Place.Last.APART) {
      wanted.andNot(words);
    }
    if (place.brokeLine()) {
      wanted.andNot(sameLine);
    }
    return wanted;
  }

  /** Whether a semicolon may be left out before a terminal. */
  boolean mayLackBefore(int terminal, Place place) {
    return place.brokeLine() || terminals.get(terminal).name().equals("\"}\"");
  }

  /** What the lexer looks for, so that it finds what is wanted and nothing else by mistake. */
  private BitSet sought(BitSet wanted, Place place) {
    BitSet sought = (BitSet) wanted.clone();
    if (wanted.intersects(verbatim)) {
      return sought;
    }
    sought.or(ignored);
    if (layout instanceof Layout.Indentation && place.brackets() == 0) {
      sought.clear(lineBreak);
    }
    // A reserved word is never part of anything else, nor does it end before a longer name does,
    // so both must be seen also where they are wrong.
    sought.or(reserved);
    sought.or(names);
    return sought;
  }

  /** Which of the expressions that the automaton accepts in a state count. */
  int[] best(int state) {
    while (best.size() <= state) {
      best.add(best(automaton.accepted(best.size())).stream().toArray());
    }
    return best.get(state);
  }

  private BitSet best(BitSet accepted) {
    BitSet best = new BitSet();
    int highest = Integer.MIN_VALUE;
    for (int i = accepted.nextSetBit(0); i >= 0; i = accepted.nextSetBit(i + 1)) {
      if (anyWord.get(i)) {
        best.set(i);
      } else {
        highest = Math.max(highest, ranks[i]);
      }
    }
    for (int i = accepted.nextSetBit(0); i >= 0; i = accepted.nextSetBit(i + 1)) {
      if (ranks[i] == highest) {
        best.set(i);
      }
    }
    return best;
  }
}
