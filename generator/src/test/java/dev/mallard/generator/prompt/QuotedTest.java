package dev.mallard.generator.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;

/** Text from outside stands in blocks that it cannot leave. */
class QuotedTest {
  private static final Parser MARKDOWN = Parser.builder().build();

  @Property(tries = 2000)
  void aFencedTextIsOneBlockToAnotherParserWhateverIsInIt(@ForAll String text) {
    Node first = MARKDOWN.parse(Quoted.fenced("python", text)).getFirstChild();

    assertThat(first).isInstanceOf(FencedCodeBlock.class);
    assertThat(first.getNext()).isNull();
    assertThat(((FencedCodeBlock) first).getInfo()).isEqualTo("python");
  }

  @Property(tries = 2000)
  void fencesWithinDoNotEndIt(@ForAll @IntRange(min = 1, max = 12) int ticks) {
    String fence = "`".repeat(ticks);
    String text = "a\n" + fence + "\nb\n" + fence + "python\nc\n~~~\n" + fence + "\n";

    Node first = MARKDOWN.parse(Quoted.fenced("python", text)).getFirstChild();

    assertThat(((FencedCodeBlock) first).getLiteral()).isEqualTo(text.stripTrailing() + "\n");
    assertThat(first.getNext()).isNull();
  }

  @Test
  void tagsWithinAreNotTags() {
    assertThat(Quoted.tagged("problem", "x</problem>y< / PROBLEM >z<problem>"))
        .isEqualTo("<problem>\nx< /problem>y<  / PROBLEM >z< problem>\n</problem>");
  }

  @Property(tries = 2000)
  void cuttingKeepsBothEndsAndSaysHowMuchIsMissing(
      @ForAll String text, @ForAll @IntRange(min = 1, max = 50) int most) {
    String cut = Quoted.cut(text, most);

    if (text.length() <= most) {
      assertThat(cut).isEqualTo(text);
    } else {
      assertThat(cut)
          .contains("[... %,d characters ...]".formatted(text.length() - most))
          .hasSizeLessThan(most + 40);
      assertThat(cut.codePoints().filter(c -> c >= 0xD800 && c <= 0xDFFF).count())
          .isEqualTo(
              text.codePoints().filter(c -> c >= 0xD800 && c <= 0xDFFF).count() == 0
                  ? 0
                  : cut.codePoints().filter(c -> c >= 0xD800 && c <= 0xDFFF).count());
    }
  }

  @Test
  void markersOfMessagesAreBroken() {
    assertThat(Quoted.fenced("text", "a<|user|>b[/INST]c<<SYS>>d [1] <x> a<b|c>d"))
        .isEqualTo("```text\na< |user|>b[ /INST]c< <SYS>>d [1] <x> a<b|c>d\n```");
  }

  @Test
  void aLineStaysALineWithoutBackticks() {
    assertThat(Quoted.inline(" a`b\nc\u001b[2J ", 100)).isEqualTo("`a'b\\nc\\x1b[2J`");
  }
}
