package dev.mallard.generator.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.generator.UserException;
import dev.mallard.grammars.GrammarSource;
import dev.mallard.sandbox.CommandLanguage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageDirectoryTest {
  private static final String GOOD =
      """
      name = "Hop"
      labels = ["hop", "Hoppy"]
      extensions = [".hop"]
      grammar = "hop.lark"
      tests = "exchanges"

      [comments]
      line = "#"
      block = ["(*", "*)"]

      [run]
      command = ["{java}", "{language}/Hop.java", "{program}"]
      readable = ["/usr"]
      syntax-error-exit = 3
      error = '^line (?<line>\\d+): (?<message>.*)$'
      """;

  @TempDir private Path folder;

  @BeforeEach
  void writeGrammar() throws IOException {
    Files.writeString(folder.resolve("hop.lark"), "start: \"hop\"+\n%ignore \" \"\n");
  }

  @Test
  void readsAllThatDescribesALanguage() throws IOException {
    Language language = read(GOOD);

    assertThat(language.displayName()).isEqualTo("Hop");
    assertThat(language.label()).isEqualTo("hop");
    assertThat(language.labels()).containsExactly("hop", "hoppy");
    assertThat(language.extensions()).containsExactly("hop");
    assertThat(language.comments())
        .isEqualTo(new Comments(Optional.of("#"), Optional.of(new Comments.Block("(*", "*)"))));
    GrammarSource grammar = language.grammar().orElseThrow();
    assertThat(grammar.text()).startsWith("start:");
    assertThat(grammar.compile().accepts("hop hop".getBytes(StandardCharsets.UTF_8))).isTrue();
    assertThat(grammar.compile().accepts("hop skip".getBytes(StandardCharsets.UTF_8))).isFalse();
    assertThat(grammar.compile().accepts(new byte[0])).isFalse();
  }

  @Test
  void readsHowProgramsAreRun() throws IOException {
    assertThat(read(GOOD).guestLanguage())
        .isInstanceOfSatisfying(
            CommandLanguage.class,
            command -> {
              assertThat(command.name()).isEqualTo("Hop");
              assertThat(command.folder()).isEqualTo(folder);
              assertThat(command.programName()).isEqualTo("program.hop");
              assertThat(command.command())
                  .containsExactly("{java}", "{language}/Hop.java", "{program}");
              assertThat(command.readable()).containsExactly(Path.of("/usr"));
              assertThat(command.syntaxErrorExit()).isEqualTo(OptionalInt.of(3));
              assertThat(command.error().orElseThrow().namedGroups().keySet())
                  .containsExactlyInAnyOrder("line", "message");
            });
  }

  @Test
  void needsNoGrammarAndNoComments() throws IOException {
    Language language =
        read(
            """
            name = "Shell"
            labels = ["posix"]
            extensions = ["posix"]
            run.command = ["sh", "{program}"]
            """);
    assertThat(language.grammar()).isEmpty();
    assertThat(language.comments()).isEqualTo(Comments.NONE);
    assertThat(((CommandLanguage) language.guestLanguage()).error()).isEmpty();
  }

  @Test
  void aCommandInTheFolderMustBeExecutable() throws IOException {
    Path hop = Files.writeString(folder.resolve("hop"), "#!/bin/sh\n");
    String toml = GOOD.replace("\"{java}\", \"{language}/Hop.java\"", "\"{language}/hop\"");
    assertThatThrownBy(() -> read(toml))
        .hasMessageContaining("language.toml:12: there is no command {language}/hop");
    assertThat(hop.toFile().setExecutable(true)).isTrue();
    assertThat(read(toml).displayName()).isEqualTo("Hop");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "name = \"Hop\"          | name = 7           | :1: \"name\" must be a text.",
        "name = \"Hop\"          | name = \"a\\nb\"     | :1: \"name\" must be one line.",
        "labels                | lables             | :2: \"lables\" is none of comments, ext",
        "extensions = [\".hop\"] | extensions = \"x\"   | :3: \"extensions\" must be a list of texts.",
        "[\".hop\"]              | []                 | :3: \"extensions\" must name at least one.",
        ".hop                  | a b                | :3: \"a b\" cannot be one of \"extensions\".",
        "hop.lark              | gone.lark          | :4: there is no grammar file",
        "hop.lark              | hop.toml           | :4: there is no grammar file",
        "exchanges             | statements         | :5: \"tests\" must be \"exchanges\".",
        "line = \"#\"            | line = [\"#\"]       | :8: \"line\" must be a text.",
        "line = \"#\"            | lines = \"#\"        | :8: \"lines\" is none of block, line.",
        "\"(*\", \"*)\"            | \"(*\"               | :9: \"block\" must be a list of two",
        "[run]                 | [running]          | :11: \"running\" is none of",
        "command               | comand             | :12: \"comand\" is none of command, err",
        "{program}             | {porgram}          | :12: \"command\" must have {program}, ",
        "{java}                | {java}/bin/java    | :12: {java} must be an argument of its",
        "{java}                | no-such-command    | :12: there is no command no-such-com",
        "{java}                | ./here             | :12: there is no command ./here: give",
        "/usr                  | usr                | :13: \"usr\" is no absolute path of",
        "/usr                  | /                  | :13: / cannot be shown to programs",
        "/usr                  | /tmp               | :13: /tmp cannot be shown to programs",
        "exit = 3              | exit = 0           | :14: \"syntax-error-exit\" must be a who",
        "exit = 3              | exit = \"3\"         | :14: \"syntax-error-exit\" must be a who",
        "(?<line>              | ((?<line>          | :15: \"error\" is no regular expression:",
        "?<line>\\d+): (?<message> | ?:\\d+): (?:     | :15: \"error\" must have a group (?<line",
        "name = \"Hop\"          | name =             | :1: this is no TOML:",
      })
  void saysWhatIsWrongAndInWhichLine(String right, String wrong, String message) {
    assertThat(GOOD).contains(right);
    int place = GOOD.indexOf(right);
    String toml = GOOD.substring(0, place) + wrong + GOOD.substring(place + right.length());
    assertThatThrownBy(() -> read(toml))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(folder.resolve("language.toml").toString())
        .hasMessageContaining("language.toml" + message)
        .extracting(Throwable::getMessage)
        .asString()
        .hasLineCount(1)
        .endsWith(".");
  }

  @ParameterizedTest
  @ValueSource(strings = {"name", "labels", "extensions", "command"})
  void saysWhatIsMissing(String key) {
    String without =
        GOOD.lines().filter(line -> !line.startsWith(key)).reduce("", (a, b) -> a + b + "\n");
    assertThatThrownBy(() -> read(without))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("language.toml: \"%s\" is missing", key)
        .hasMessageContaining(": add ");
  }

  @Test
  void aFolderWithoutSuchAFileIsNoLanguage() {
    assertThatThrownBy(() -> LanguageDirectory.read(folder))
        .isInstanceOf(UserException.class)
        .hasMessage("There is no file %s.", folder.resolve("language.toml"));
    assertThatThrownBy(() -> LanguageDirectory.read(folder.resolve("hop.lark")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("There is no folder")
        .hasMessageContaining("language.toml");
  }

  @Test
  void whatIsWrongWithTheGrammarIsSaidWithItsLine() throws IOException {
    Files.writeString(folder.resolve("hop.lark"), "start: \"hop\"\n\nstart: skip\n");
    assertThatThrownBy(() -> read(GOOD))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(folder.resolve("hop.lark") + ":3: ")
        .hasMessageEndingWith(".")
        .message()
        .doesNotContain("line 3");
  }

  @Test
  void aGrammarMayBeInGbnf() throws IOException {
    Files.writeString(folder.resolve("hop.gbnf"), "root ::= \"hop\"+\n");
    GrammarSource grammar = read(GOOD.replace("hop.lark", "hop.gbnf")).grammar().orElseThrow();
    assertThat(grammar.compile().accepts("hophop".getBytes(StandardCharsets.UTF_8))).isTrue();
    assertThat(grammar.compile().accepts("hop hop".getBytes(StandardCharsets.UTF_8))).isFalse();
  }

  @Test
  void languagesAreKnownByTheirLabelsAndTheEndingsOfTheirFiles() throws IOException {
    read(GOOD);
    Languages languages = Languages.BUILT_IN.with(List.of(folder));

    assertThat(languages.byLabel("HOPPY")).map(Language::displayName).contains("Hop");
    assertThat(languages.byLabel("py")).contains(Language.PYTHON);
    assertThat(languages.byLabel("skip")).isEmpty();
    assertThat(languages.byExtension(Path.of("x/A.HOP"))).map(Language::label).contains("hop");
    assertThat(languages.byExtension(Path.of("hop.x"))).isEmpty();
    assertThat(languages.known()).isEqualTo("python, java, javascript, hop");
  }

  @Test
  void twoLanguagesShareNothing() throws IOException {
    read(GOOD);
    assertThatThrownBy(() -> Languages.BUILT_IN.with(List.of(folder, folder)))
        .isInstanceOf(UserException.class)
        .hasMessage("%s: the label \"hop\" is Hop's: give the language another.", folder);
    read(GOOD.replace("Hoppy", "python3"));
    assertThatThrownBy(() -> Languages.BUILT_IN.with(List.of(folder)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("the label \"python3\" is Python's");
  }

  private Language read(String toml) throws IOException {
    Files.writeString(folder.resolve("language.toml"), toml);
    return LanguageDirectory.read(folder);
  }
}
