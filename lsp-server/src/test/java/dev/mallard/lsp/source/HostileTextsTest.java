package dev.mallard.lsp.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts that are being typed, or made to do harm. */
class HostileTextsTest {
  private static final Map<String, String> TEXTS =
      Map.of(
          "python", Sources.PYTHON,
          "javascript", Sources.JAVASCRIPT,
          "java", Sources.JAVA,
          "sql", Sources.SQL);
  private static final List<String> PIECES =
      List.of(
          "(",
          ")",
          "{",
          "}",
          "[",
          "\"",
          "'",
          "\"\"\"",
          "/*",
          "*/",
          "//",
          "#",
          "\n",
          "\r\n",
          "\r",
          "\0",
          "😀",
          "\uD83D",
          "é",
          "\uFEFF",
          "\u00A0",
          "\\",
          ";",
          "@example",
          ">>> f()",
          "assert ",
          "def ",
          "class ",
          "function ",
          "=>",
          "`",
          "${",
          "expect(",
          "with ",
          "@Test ",
          "-- a?\n");

  @Property(tries = 150)
  void whatever_is_typed_all_spans_lie_in_the_text(@ForAll long seed) {
    TEXTS.forEach((language, text) -> {
      String broken = broken(text, new Random(seed));
      SourceReader reader = Sources.reader(language);
      Outline outline = reader.read(broken);
      List<SourceTest> tests = reader.readTests(broken, "program");

      assertThat(outline.importPlace()).isBetween(0, broken.length());
      assertThat(Sources.spans(outline)).allMatch(span -> span.end() <= broken.length());
      assertThat(tests.stream().flatMap(test -> test.assertions().stream()))
          .allMatch(span -> span.end() <= broken.length());
      assertThat(outline.definitions())
          .allMatch(one ->
              one.span().start() <= one.nameSpan().start()
                  && one.nameSpan().end() <= one.span().end()
                  && one.span().start() <= one.body().start()
                  && one.body().end() <= one.span().end());
      assertThat(outline.program(broken)).hasSameSizeAs(broken);
    });
  }

  private static String broken(String text, Random random) {
    StringBuilder broken = new StringBuilder(text);
    for (int change = random.nextInt(4); change >= 0; change--) {
      int place = random.nextInt(broken.length() + 1);
      switch (random.nextInt(3)) {
        case 0 -> broken.insert(place, PIECES.get(random.nextInt(PIECES.size())));
        case 1 -> broken.delete(place, Math.min(broken.length(), place + random.nextInt(20)));
        default -> {
          if (random.nextInt(4) == 0) {
            broken.setLength(place);
          }
        }
      }
    }
    return broken.toString();
  }

  static Stream<Arguments> hugeTexts() {
    return TEXTS.keySet().stream()
        .flatMap(language ->
            Stream.of("(", "[", "{", "[[]", "/*", "\"", ">>> ", "-- a?\n", "a.b(", "class A {", " ")
                .map(piece -> Arguments.of(language, piece)));
  }

  @ParameterizedTest
  @MethodSource("hugeTexts")
  void a_text_with_20_000_of_the_same_ends(String language, String piece) {
    String text = piece.repeat(20_000);

    Assertions.assertTimeout(
        Duration.ofSeconds(60),
        () -> {
          Sources.reader(language).read(text);
          Sources.reader(language).readTests(text, "program");
        });
  }

  static Stream<String> languages() {
    return TEXTS.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("languages")
  void a_text_of_a_megabyte_is_read_and_one_of_two_is_not(String language) {
    String text = Objects.requireNonNull(TEXTS.get(language));
    String longest = text.repeat(Math.max(1, 900_000 / text.length()));

    Assertions.assertTimeout(
        Duration.ofSeconds(60),
        () -> {
          Sources.reader(language).read(longest);
          assertThat(Sources.reader(language).read(text.repeat(2_400_000 / text.length())).tests())
              .isEmpty();
        });
  }

  @ParameterizedTest
  @MethodSource("languages")
  void brackets_that_lie_deep_in_one_another_do_not_overflow(String language) {
    String text = "x = " + "[".repeat(100_000) + "]".repeat(100_000) + "\n";

    Sources.reader(language).read("assert " + text + text);
    Sources.reader(language).readTests("def test_a():\n    assert " + text, "program");
  }
}
