package dev.mallard.generator.constraint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.generator.tokenizer.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The tokens that have to do with the closing fence of a program. */
class FenceTest {
  private static final Pattern FENCE = Pattern.compile("(?:^|[\n\r])[ \t\f\u000b]*```");
  private static final List<String> VOCABULARY = new ArrayList<>();

  static {
    String characters = "` \t\na";
    VOCABULARY.add("");
    for (int i = 0; VOCABULARY.get(i).length() < 4; i++) {
      for (int k = 0; k < characters.length(); k++) {
        VOCABULARY.add(VOCABULARY.get(i) + characters.charAt(k));
      }
    }
  }

  private static final Fence TOKENS =
      new Fence(
          new Tokenizer() {
            @Override
            public int vocabularySize() {
              return VOCABULARY.size();
            }

            @Override
            public int[] encode(String text) {
              throw new UnsupportedOperationException();
            }

            @Override
            public int[] encodeOrdinary(String text) {
              throw new UnsupportedOperationException();
            }

            @Override
            public byte[] bytes(int token) {
              return VOCABULARY.get(token).getBytes(StandardCharsets.UTF_8);
            }

            @Override
            public void close() {}
          });

  @Property(tries = 300)
  void aTokenThatWouldMakeAFenceIsKnownAtEachPlace(@ForAll("texts") String text) {
    LinePlace place = LinePlace.START.after(text.getBytes(StandardCharsets.UTF_8));
    List<String> expected =
        VOCABULARY.stream().filter(token -> FENCE.matcher(text + token).find()).toList();
    assertThat(texts(TOKENS.seeming(place))).isEqualTo(expected);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().withChars("` \t\n\ra").ofMaxLength(8);
  }

  @Test
  void aFenceComesInOneTokenOrInSeveralAndWithTheEndOfItsLine() {
    assertThat(texts(TOKENS.continuing(3)))
        .contains("`", "``", "```", "```\n", "``` ")
        .doesNotContain("````", "```a", "` ", "``\n");
    assertThat(texts(TOKENS.continuing(1))).contains("`", "`\n").doesNotContain("``");
    assertThat(texts(TOKENS.beginning())).allMatch(token -> token.startsWith("`")).contains("`a");
  }

  private static List<String> texts(int[] tokens) {
    return Arrays.stream(tokens).mapToObj(VOCABULARY::get).toList();
  }
}
