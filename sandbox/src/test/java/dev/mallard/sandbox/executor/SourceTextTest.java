package dev.mallard.sandbox.executor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.sandbox.Verdict.Malformed;
import org.junit.jupiter.api.Test;

class SourceTextTest {
  @Test
  void textMayHoldAnyCharacter() {
    assertThat(SourceText.problem("x = 'é \uD83D\uDE00'\r\n\t\u0007")).isEmpty();
    assertThat(SourceText.problem("")).isEmpty();
  }

  @Test
  void aNulByteIsFoundWithItsPlace() {
    assertThat(SourceText.problem("x = 1\ny = '\0'"))
        .contains(new Malformed("SyntaxError: source code cannot contain null bytes", 2, 6));
  }

  @Test
  void anUnpairedSurrogateIsFoundWithItsPlace() {
    assertThat(SourceText.problem("x = '\uD800'").orElseThrow().column()).isEqualTo(6);
    assertThat(SourceText.problem("x = '\uDE00\uD83D'").orElseThrow().column()).isEqualTo(6);
    assertThat(SourceText.problem("x = '\uD83D").orElseThrow().message()).contains("U+D83D");
  }

  @Test
  void aTextOutOfBoundsIsRefused() {
    String text = " ".repeat(SourceText.MAX_CHARACTERS + 1);
    assertThat(SourceText.problem(text).orElseThrow().message()).contains("16,777,216");
  }
}
