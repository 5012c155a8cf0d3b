package dev.mallard.generator.constraint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.grammars.BuiltInGrammar;
import dev.mallard.grammars.parse.Grammar;
import dev.mallard.grammars.parse.Prefix;
import dev.mallard.grammars.parse.TokenMask;
import dev.mallard.grammars.parse.TokenMasks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The tokens of programs that others wrote are allowed, each at its place. {@code
 * -Dgrammars.programs=1000} takes that many of each language.
 */
class ActualTokensTest {
  private static final int PROGRAMS = Integer.getInteger("grammars.programs", 40);

  /** At one of so many places, what was read is read again as a whole. */
  private static final int STEP = 23;

  @ParameterizedTest
  @EnumSource
  void aModelMayWriteWhatIsAProgram(BuiltInGrammar language) throws IOException {
    List<String> programs = BenchmarkPrograms.some(language, PROGRAMS);
    RealVocabulary vocabulary = RealVocabulary.open();
    Grammar grammar = language.compile();
    TokenMasks masks = new TokenMasks(grammar, vocabulary.trie());
    List<String> wrong = new ArrayList<>();
    int places = 0;
    for (String program : programs) {
      byte[] text = program.getBytes(StandardCharsets.UTF_8);
      Prefix prefix = grammar.start();
      int read = 0;
      for (int token : vocabulary.tokenizer().encodeOrdinary(program)) {
        TokenMask mask = masks.of(prefix);
        String before = new String(text, 0, read, StandardCharsets.UTF_8);
        if (!mask.allows(token)) {
          wrong.add("token " + token + " is refused after:\n" + before);
          break;
        }
        if (places++ % STEP == 0
            && mask.mayEnd() != grammar.accepts(before.getBytes(StandardCharsets.UTF_8))) {
          wrong.add("the end is " + (mask.mayEnd() ? "allowed" : "refused") + " after:\n" + before);
        }
        byte[] bytes = vocabulary.tokenizer().bytes(token);
        prefix = prefix.feed(bytes, 0, bytes.length);
        read += bytes.length;
      }
      if (!masks.of(prefix).mayEnd()) {
        wrong.add("the end is refused after:\n" + program);
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(places).isGreaterThan(1000);
  }
}
