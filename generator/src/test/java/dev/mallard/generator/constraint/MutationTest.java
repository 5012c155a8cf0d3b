package dev.mallard.generator.constraint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.grammars.BuiltInGrammar;
import dev.mallard.grammars.parse.Grammar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Programs of benchmarks in which a token was left out, put in or replaced by another are accepted
 * by a grammar where a parser that has nothing to do with it accepts them, and nowhere else. {@code
 * -Dgrammars.mutations=2000} makes that many of each language; differences are printed.
 */
class MutationTest {
  private static final int MUTATIONS = Integer.getInteger("grammars.mutations", 150);
  private static final Pattern TOKEN =
      Pattern.compile(
          "[A-Za-z_$][\\w$]*|[0-9][\\w.]*|\"(?:[^\"\\\\\n]|\\\\.)*\"|'(?:[^'\\\\\n]|\\\\.)*'"
              + "|[-+*/%=<>!&|^~?:]+|[^\\s\\w]");

  @ParameterizedTest
  @EnumSource
  void aGrammarAndAParserAgree(BuiltInGrammar language) throws IOException {
    Grammar grammar = language.compile();
    List<String> programs = BenchmarkPrograms.in(language);
    Random random = new Random(4);
    List<String> differences = new ArrayList<>();
    int accepted = 0;
    try (IndependentParser parser =
        language == BuiltInGrammar.JAVA
            ? new IndependentParser.JavaParserToo()
            : IndependentParser.of(language)) {
      for (int i = 0; i < MUTATIONS; i++) {
        String mutated = mutated(programs.get(random.nextInt(programs.size())), random);
        boolean expected = parser.accepts(mutated);
        accepted += expected ? 1 : 0;
        if (grammar.accepts(mutated.getBytes(StandardCharsets.UTF_8)) != expected) {
          differences.add(
              (expected
                      ? "refused: "
                      : "accepted, but " + parser.complaint(mutated).orElse("") + ": ")
                  + mutated);
        }
      }
    }
    System.out.println(
        "%s: %d of %d accepted, %d differences"
            .formatted(language, accepted, MUTATIONS, differences.size()));
    differences.forEach(System.out::println);
    assertThat(differences.size()).isLessThanOrEqualTo(MUTATIONS / 100);
    assertThat(accepted).isBetween(MUTATIONS / 50, MUTATIONS * 3 / 4);
  }

  private static String mutated(String program, Random random) {
    List<MatchResult> tokens = TOKEN.matcher(program).results().toList();
    while (true) {
      MatchResult token = tokens.get(random.nextInt(tokens.size()));
      String other = tokens.get(random.nextInt(tokens.size())).group();
      String instead =
          switch (random.nextInt(3)) {
            case 0 -> "";
            case 1 -> other;
            default -> other + " " + token.group();
          };
      if (!instead.equals(token.group())) {
        return program.substring(0, token.start()) + instead + program.substring(token.end());
      }
    }
  }
}
