package dev.mallard.generator.constraint;

import dev.mallard.generator.tokenizer.Tokenizer;
import dev.mallard.grammars.BuiltInGrammar;
import dev.mallard.grammars.parse.Grammar;
import dev.mallard.grammars.parse.Prefix;
import dev.mallard.grammars.parse.Terminal;
import dev.mallard.grammars.parse.TokenMask;
import dev.mallard.grammars.parse.TokenMasks;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Writes programs as a model without sense would that is held to a grammar: each token is drawn
 * from those that the mask allows. Texts of the grammar's rules are drawn more often than others,
 * and comments less, so that programs are more than names and comments; and after some tokens,
 * those are preferred that bring a program to its end.
 */
final class ProgramSampler {
  private static final int MOST_TO_END = 300;
  private static final List<String> ENDING =
      List.of(
          "}", ")", "]", "}", ";", "\"", "'", "`", "*/", "\n", ":", "x", "1", " ", ",", "=", "(",
          "{", " pass", " class", " x", "->", "::", " end", " then", " from", " select", " by",
          " as", " when", " and", " void", "()");

  private final Tokenizer tokenizer;
  private final Grammar grammar;
  private final TokenMasks masks;
  private final List<String> openings;
  private final Random random;

  /** The tokens of each text of the rules, with and without a space before. */
  private final List<int[]> ofRules = new ArrayList<>();

  private final int[] endings;
  private final int[] ascii;
  private final int[] any;

  ProgramSampler(RealVocabulary vocabulary, BuiltInGrammar language, long seed) {
    tokenizer = vocabulary.tokenizer();
    grammar = language.compile();
    masks = new TokenMasks(grammar, vocabulary.trie());
    random = new Random(seed);
    openings =
        switch (language) {
          case JAVA -> List.of("", "class A { ", "class A { void f() { ", "class A { int x = ");
          case JAVASCRIPT -> List.of("", "function f() {\n", "x = ", "class A { ");
          case PYTHON -> List.of("", "def f():\n    ", "x = ", "if x:\n    ");
          case SQL -> List.of("", "SELECT ", "SELECT a FROM b WHERE ");
        };
    endings = ENDING.stream().mapToInt(text -> tokenizer.encodeOrdinary(text)[0]).toArray();
    any =
        IntStream.range(0, tokenizer.vocabularySize())
            .filter(token -> tokenizer.bytes(token).length > 0)
            .filter(token -> !isOfComments(text(token)) || token % 10 == 0)
            .toArray();
    ascii =
        IntStream.of(any)
            .filter(token -> text(token).chars().allMatch(c -> c == '\n' || (c >= ' ' && c <= '~')))
            .toArray();
    findOfRules();
  }

  private static boolean isOfComments(String text) {
    return text.contains("//") || text.contains("/*") || text.contains("#") || text.contains("--");
  }

  private void findOfRules() {
    Map<String, Integer> tokens = new HashMap<>();
    for (int token : any) {
      tokens.putIfAbsent(text(token), token);
    }
    for (Terminal terminal : grammar.terminals()) {
      String name = terminal.name();
      if (name.startsWith("\"")) {
        String text = name.substring(1, name.length() - 1);
        // A word without a space would often be part of the name before it.
        List<String> spellings =
            Character.isLetter(text.charAt(0))
                ? List.of(" " + text, " " + text, text)
                : List.of(text, " " + text);
        int[] found =
            spellings.stream()
                .map(tokens::get)
                .filter(token -> token != null)
                .mapToInt(token -> token)
                .toArray();
        if (found.length > 0) {
          ofRules.add(found);
        }
      }
    }
  }

  private String text(int token) {
    return new String(tokenizer.bytes(token), StandardCharsets.UTF_8);
  }

  /** A program; empty if none ended soon enough. */
  Optional<String> sample() {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    byte[] opening = openings.get(random.nextInt(openings.size())).getBytes(StandardCharsets.UTF_8);
    text.writeBytes(opening);
    Prefix prefix = grammar.start().feed(opening, 0, opening.length);
    int length = 5 + random.nextInt(60);
    for (int i = 0; i < length + MOST_TO_END; i++) {
      TokenMask mask = masks.of(prefix);
      if (i >= length && mask.mayEnd() && !prefix.isBlank()) {
        return Optional.of(text.toString(StandardCharsets.UTF_8));
      }
      byte[] bytes = tokenizer.bytes(i < length ? drawn(mask) : ending(mask));
      text.writeBytes(bytes);
      prefix = prefix.feed(bytes, 0, bytes.length);
      if (!prefix.isViable()) {
        throw new IllegalStateException("what was allowed is not viable: " + text);
      }
    }
    return Optional.empty();
  }

  private int ending(TokenMask mask) {
    for (int tries = 0; tries < 60; tries++) {
      int at = (int) Math.abs(random.nextGaussian() * (4 + tries));
      if (at < endings.length && mask.allows(endings[at])) {
        return endings[at];
      }
    }
    return drawn(mask);
  }

  private int drawn(TokenMask mask) {
    int kind = random.nextInt(20);
    for (int tries = 0; tries < 60 && kind < 11; tries++) {
      int[] tokens = ofRules.get(random.nextInt(ofRules.size()));
      int token = tokens[random.nextInt(tokens.length)];
      if (mask.allows(token)) {
        return token;
      }
    }
    int[] tokens = kind < 19 ? ascii : any;
    for (int tries = 0; tries < 400; tries++) {
      int token = tokens[random.nextInt(tokens.length)];
      if (mask.allows(token)) {
        return token;
      }
    }
    int[] allowed = IntStream.of(any).filter(mask::allows).toArray();
    int[] rest =
        allowed.length > 0
            ? allowed
            : IntStream.range(0, tokenizer.vocabularySize()).filter(mask::allows).toArray();
    return rest[random.nextInt(rest.length)];
  }
}
