package dev.mallard.generator.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class VisibleTextTest {
  @Test
  void showsWhatCouldDriveTheTerminal() {
    assertThat(VisibleText.of("a\u001b[2J\r\u0007\u009b1m\u202e\u2028\u200b"))
        .isEqualTo("a\\x1b[2J\\x0d\\x07\\x9b1m\\u202e\\u2028\\u200b");
  }

  @Test
  void leavesOrdinaryTextAlone() {
    String text = "def f():\n\treturn '\u00fc\u4e2d\ud83d\udc68\u200d\ud83d\udc69'";

    assertThat(VisibleText.of(text)).isEqualTo(text);
  }

  @Property
  void nothingThatControlsIsLeft(@ForAll String text) {
    assertThat(VisibleText.of(text).chars().filter(Character::isISOControl))
        .allMatch(c -> c == '\n' || c == '\t');
  }
}
