package dev.mallard.grammars.notation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts of terminals, for people. */
class TerminalTextsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "/[a-z_]\\w*/ ~ abc",
        "/[0-9]+(\\.[0-9]+)?/ ~ 12",
        "/'[^'\\n]*'/ ~ 'abc'",
        "/[bB]'[12]+'/ ~ b'121'",
        "/#[0-9a-f]{3}/ ~ #aaa",
        "\"<\" /[A-Z]/ \">\" ~ <A>"
      })
  void anExampleLooksLikeOne(String terminal, String example) {
    assertThat(texts(terminal).example()).contains(example);
  }

  @Test
  void theyAreListedIfTheyAreFew() {
    assertThat(texts("/[-+*]|\\*\\*|no[tr]?/").all(7))
        .contains(List.of("*", "+", "-", "**", "no", "nor", "not"));
    assertThat(texts("/[-+*]|\\*\\*|no[tr]?/").all(6)).isEmpty();
    assertThat(texts("/a+/").all(1000)).isEmpty();
    assertThat(texts("\"é\"").all(1)).contains(List.of("é"));
  }

  private static TerminalTexts texts(String terminal) {
    GrammarText grammar = GrammarText.lark("start: X\nX: " + terminal);
    return TerminalTexts.of(grammar, List.copyOf(grammar.definitions().values()).getLast());
  }
}
