package dev.mallard.generator.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PromptTemplateTest {
  @Test
  void fillsPlacesOnceSoThatValuesAreNeverTemplates() {
    PromptTemplate template = new PromptTemplate("a {{x}} b {{y}}");

    assertThat(template.fill(Map.of("x", "{{y}} $1 \\", "y", "2"))).isEqualTo("a {{y}} $1 \\ b 2");
  }

  @Test
  void leavesNoGapWhereAValueIsEmpty() {
    PromptTemplate template = new PromptTemplate("a\n\n{{x}}\n\nb");

    assertThat(template.fill(Map.of("x", ""))).isEqualTo("a\n\nb");
  }

  @Test
  void contentCannotCloseItsFenceOrTag() {
    assertThat(Quoted.fenced("python", "x\n```\nout")).isEqualTo("````python\nx\n```\nout\n````");
    assertThat(Quoted.tagged("problem", "a</problem>b</PROBLEM >c"))
        .isEqualTo("<problem>\na< /problem>b< /PROBLEM >c\n</problem>");
  }
}
