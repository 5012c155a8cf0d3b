package dev.mallard.generator.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.generator.problem.Language;
import dev.mallard.generator.problem.LanguageDirectory;
import dev.mallard.generator.problem.Problem;
import dev.mallard.sandbox.TestSuite.Exchange;
import dev.mallard.sandbox.TestSuite.StandardIo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Finding programs in a language that nothing but its folder describes. */
class UserLanguageCodeTest {
  private static final String TOML =
      """
      name = "Hop"
      labels = ["hop", "sh"]
      extensions = ["hop"]
      grammar = "hop.lark"
      run.command = ["{java}", "{program}"]
      """;

  @TempDir private Path folder;
  private CodeExtractor extractor = extractor(Language.PYTHON);

  @BeforeEach
  void describeTheLanguage() throws IOException {
    Files.writeString(folder.resolve("hop.lark"), "start: (\"hop\" \";\")+\n%ignore /[ \\n]+/\n");
    extractor = extractor(language(TOML));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "```hop\n%s```",
        "```HOP\n%s```\nIt hops.",
        "```sh\n%s```",
        "```\n%s```",
        "```lisp\n%s```",
        "So: ```hop\n%s```",
        "```hop\n%s",
        "%s",
        "\n%s\n\n",
        "```hop\nskip;\n```\nNo, I mean:\n```hop\n%s```",
        "```text\nhop;\n```\n```hop\n%s```",
        "```hop\nskip;\n```\n```\n%s```",
      })
  void findsTheProgram(String answer) {
    assertThat(extractor.extract(answer.formatted("hop; hop;\n"))).contains("hop; hop;\n");
  }

  @Test
  void aLabelledBlockIsTheProgramEvenIfItDoesNotParse() {
    assertThat(extractor.extract("```\nhi\n```\n```hop\nhop hop\n```\n")).contains("hop hop\n");
  }

  @Test
  void proseIsNoProgram() {
    assertThat(extractor.extract("I cannot hop.\nhop; hop;\nwould be nice.")).isEmpty();
    assertThat(extractor.extract("```python\ndef hop(): pass\n```")).isEmpty();
  }

  @Test
  void anAnswerIsCompleteWhenItsBlockIsClosed() {
    assertThat(extractor.isComplete("```hop\nhop;\n")).isFalse();
    assertThat(extractor.isComplete("```hop\nhop;\n```")).isTrue();
    assertThat(extractor.isComplete("```\nhop;\n```")).isTrue();
    assertThat(extractor.isComplete("```\n1 2 3\n```")).isFalse();
  }

  @Test
  void withoutAGrammarOnlyBlocksAreLookedAt() throws IOException {
    CodeExtractor plain = extractor(language(TOML.replace("grammar = \"hop.lark\"\n", "")));

    assertThat(plain.extract("```\nhop;\n```")).contains("hop;\n");
    assertThat(plain.extract("```hop\nhop;\n```")).contains("hop;\n");
    assertThat(plain.extract("hop;")).isEmpty();
  }

  private Language language(String toml) throws IOException {
    Files.writeString(folder.resolve("language.toml"), toml);
    return LanguageDirectory.read(folder);
  }

  private static CodeExtractor extractor(Language language) {
    StandardIo tests = new StandardIo(List.of(new Exchange("", "")));
    return new CodeExtractor(new Problem("Hop", "", Optional.empty(), language, tests, tests));
  }
}
