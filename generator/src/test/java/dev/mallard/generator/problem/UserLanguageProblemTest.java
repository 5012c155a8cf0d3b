package dev.mallard.generator.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.generator.UserException;
import dev.mallard.sandbox.TestSuite.Exchange;
import dev.mallard.sandbox.TestSuite.StandardIo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Problems in a user's language, whose tests are exchanges. */
class UserLanguageProblemTest {
  @TempDir private Path folder;
  private Languages languages = Languages.BUILT_IN;

  @BeforeEach
  void describeTheLanguage() throws IOException {
    Files.writeString(
        folder.resolve("language.toml"),
        """
        name = "Hop"
        labels = ["hop"]
        extensions = ["hop"]
        comments.line = "#"
        run.command = ["{java}", "{program}"]
        """);
    languages = Languages.BUILT_IN.with(List.of(folder));
  }

  @Test
  void testsAreExchanges() throws IOException {
    Problem problem =
        read(
            """
            # Add

            ```hop signature
            # no more
            add
            ```
            ```hop tests

            input:
            1 2
            output:
            3

            input:

            4
             output:\s
            4
            5

            ```
            ```hop hidden-tests
            input:
            output:
            ```
            """);
    assertThat(problem.language().displayName()).isEqualTo("Hop");
    assertThat(problem.signature()).contains("# no more\nadd");
    assertThat(problem.visibleTests())
        .isEqualTo(
            new StandardIo(List.of(new Exchange("1 2\n", "3"), new Exchange("\n4\n", "4\n5"))));
    assertThat(problem.hiddenTests()).isEqualTo(new StandardIo(List.of(new Exchange("", ""))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 2                               | 4: an exchange begins with a line \"input:\".",
        "input:/1                          | 4: the exchange that begins here has no line",
        "input:/1/output:/2/input:/3       | 8: the exchange that begins here has no line",
        "input:/1/input:/2/output:/3       | 4: the exchange that begins here has no line",
        "input:/1/output:/2/output:/3      | 8: an exchange has one line \"output:\": begin",
        "output:/1                         | 4: an exchange begins with a line \"input:\".",
      })
  void whatIsNoExchangeIsSaidWithItsLine(String tests, String message) {
    String text = "# Add\n\n```hop tests\n" + tests.replace("/", "\n") + "\n```\n";
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("x.md:" + message);
  }

  @Test
  void aLanguageThatIsNotKnownIsSaidWithThoseThatAre() {
    assertThatThrownBy(() -> read("# Add\n```skip tests\ninput:\noutput:\n```\n"))
        .hasMessageEndingWith(
            "x.md:2: the language \"skip\" is not known; known: python, java, javascript, hop.");
  }

  @Property(tries = 200)
  void whatIsShownIsReadBack(
      @ForAll @Size(min = 1, max = 4) List<@CharRange(from = 'a', to = 'c') String> texts) {
    List<Exchange> exchanges = texts.stream().map(text -> new Exchange(text + "\n", text)).toList();
    String shown = new StandardIo(exchanges).source();
    List<Exchange> read =
        new ExchangeText(shown, (line, what) -> new IllegalStateException(what + line)).read();
    assertThat(read).isEqualTo(exchanges);
  }

  private Problem read(String text) throws IOException {
    return ProblemFile.read(Files.writeString(folder.resolve("x.md"), text), languages);
  }
}
