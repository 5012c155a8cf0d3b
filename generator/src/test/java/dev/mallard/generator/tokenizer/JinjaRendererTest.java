package dev.mallard.generator.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mallard.generator.tokenizer.JinjaRenderer.TemplateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** What is expected here is what Jinja 3.1 with the transformers library's settings renders. */
class JinjaRendererTest {
  private static final Path QWEN =
      Path.of("..", "..", "shared", "data", "tokenizers", "qwen2.5", "tokenizer_config.json");

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "{{ messages[0].role }}|{{ messages[0]['role'] }}|{{ messages[-1].role }} # system|system|user",
        "{{ ' x '.strip() + '.' }}{{ ' x '.lstrip() + '.' }}{{ ' x '.rstrip() + '.' }} # x.x . x.",
        "{{ 'aXbXc'.split('X')[-1] }}{{ 'a b'.split()[0] }}{{ 'a.b'.split('.')[1] }} # cab",
        "{{ 'x' if 'abc'.startswith('ab') and 'abc'.endswith('bc') else 'y' }} # x",
        "{{ 'hello world'.title() }}{{ 'a'.upper() }}{{ 'A'.lower() }}{{ 'ab'.capitalize() }} # Hello WorldAaAb",
        "{{ 'aab'.replace('a', 'c') }}{{ 'abc'[1:] }}{{ 'abc'[-1] }}{{ 'xxaxx'.strip('x') }} # ccbbcca",
        "{% for m in messages %}{{ loop.index0 }}{{ loop.first }}{{ loop.last }}{% endfor %} # 0truefalse1falsetrue",
        "{% for m in messages[1:] %}{{ m.role }}{% endfor %} # user",
        "{% for m in messages[::-1] %}{{ m.role }}{% endfor %} # usersystem",
        "{% if nothing is defined %}a{% else %}b{% endif %}{% if not nothing is defined %}c{% endif %} # bc",
        "{% if not messages is defined %}a{% else %}b{% endif %}{{ 'n' if tools is none else 't' }} # bn",
        "{% set ns = namespace(a='x') %}{% for m in messages %}{% set ns.a = ns.a + m.role[0] %}{% endfor %}{{ ns.a }} # xsu",
        "{% macro f(a, b='q') %}{{ a }}{{ b }}{% endmacro %}{{ f('z') }} # zq",
        "{{ 'a' ~ 1 }}{{ messages|length }}{{ [1, 2]|join(',') }}{{ 3 // 2 }}{{ 5 % 2 }} # a121,211",
        "{{ 'system' in ['system'] }}{{ 'tool' not in ['system'] }}{{ 'role' in messages[0] }} # truetruetrue",
        "{{ messages[0].get('nothing', 'default') }}{{ messages[0].nothing is defined }} # defaultfalse",
        "{% if messages[0].content is string and messages[0].content is not none %}s{% endif %} # s",
        "{{ strftime_now('%d %b %Y') }} # 26 Jul 2024",
        "{{ '\\n'|length }}{{ \"it's\" }}{{ 'it\\'s' }} # 1it'sit's"
      })
  void readsTemplatesAsJinjaDoes(String template, String expected) throws TemplateException {
    assertThat(render(template)).isEqualTo(expected);
  }

  @Test
  void trimsBlocksOnBothSides() throws TemplateException {
    assertThat(render("a\n  {% if true %}\nb\n  {% endif %}\nc\n")).isEqualTo("a\nb\nc");
    assertThat(render("a\n {{- 'b' }}\n {{ 'c' -}} \n d")).isEqualTo("ab\n cd");
    assertThat(render("{# note #}\na")).isEqualTo("a");
    assertThat(render("{{ \"a\\\nb\" }}")).isEqualTo("ab");
  }

  @Test
  void saysWhenATemplateRefuses() {
    assertThatThrownBy(() -> render("{{ raise_exception('no system messages') }}"))
        .isInstanceOfSatisfying(TemplateException.class, e -> assertThat(e.refused()).isTrue());
    assertThatThrownBy(() -> render("{{ 'a'.unknown() }}"))
        .isInstanceOfSatisfying(TemplateException.class, e -> assertThat(e.refused()).isFalse());
  }

  @Test
  @Timeout(60)
  void boundsWhatATemplateCanTake() {
    String loops = "{% for a in range(1000) %}".repeat(4);
    String text = "x".repeat(1000);
    assertThatThrownBy(() -> render(loops + text + "{% endfor %}".repeat(4)))
        .isInstanceOf(TemplateException.class);
    assertThatThrownBy(() -> render("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}"))
        .isInstanceOf(TemplateException.class);
  }

  @Test
  @Timeout(60)
  void stopsATemplateThatTakesTooLong() throws InterruptedException {
    String loops = "{% for a in range(1000) %}".repeat(5) + "{% endfor %}".repeat(5);
    JinjaRenderer renderer = new JinjaRenderer(loops, Duration.ofMillis(300));

    assertThatThrownBy(() -> renderer.render(new HashMap<>())).hasMessage("it takes too long");

    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("chat-template")) {
        assertThat(thread.join(Duration.ofSeconds(20))).isTrue();
      }
    }
  }

  @Test
  void rendersQwensTemplate() throws IOException, TemplateException {
    assumeTrue(Files.exists(QWEN), "Qwen2.5's tokenizer is not on this machine");
    String template =
        JsonMapper.shared().readTree(Files.readString(QWEN)).path("chat_template").asString();
    assertThat(render(template))
        .isEqualTo(
            """
            <|im_start|>system
             S\s
            <|im_end|>
            <|im_start|>user
            U<|im_end|>
            <|im_start|>assistant
            """);
  }

  private static String render(String template) throws TemplateException {
    Map<String, @Nullable Object> variables = new HashMap<>();
    variables.put(
        "messages",
        List.of(
            Map.of("role", "system", "content", " S \n"), Map.of("role", "user", "content", "U")));
    variables.put("tools", null);
    variables.put("bos_token", "<s>");
    variables.put("eos_token", "</s>");
    variables.put("add_generation_prompt", true);
    return new JinjaRenderer(template).render(variables);
  }
}
