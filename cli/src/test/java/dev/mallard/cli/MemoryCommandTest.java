package dev.mallard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.generator.catalogue.Confirmation;
import dev.mallard.generator.memory.Experience;
import dev.mallard.generator.memory.ExperienceStore;
import dev.mallard.generator.memory.ProblemText;
import dev.mallard.generator.memory.Provenance;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MemoryCommandTest {
  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

  @TempDir private Path cache;

  @BeforeEach
  void remember() {
    try (ExperienceStore store = ExperienceStore.open(cache.resolve("memory"))) {
      store.add(
          new Experience.Solution(problem("Add", "python"), "a + b", verified("2026-09-01", true)));
      store.add(
          new Experience.Repair(
              problem("Add", "python"), "a - b", "gave -1", "a + b", verified("2026-11-20", true)));
      store.add(
          new Experience.Solution(
              problem("Acme\u202e", "toy"), "1", verified("2026-11-27", false)));
    }
  }

  private static ProblemText problem(String title, String language) {
    return new ProblemText(title, "", Optional.empty(), language, "assert add(1, 2) == 3");
  }

  private static Provenance verified(String day, boolean testsFromUser) {
    return new Provenance(
        Instant.parse(day + "T00:00:00Z"), "a script", Optional.empty(), testsFromUser);
  }

  private ScriptedServices services() {
    return new ScriptedServices(cache, false, "");
  }

  @Test
  void statsCountsWhatIsRemembered() {
    ScriptedServices services = services();

    assertThat(services.execute("memory", "stats")).isZero();

    assertThat(services.out().replaceAll("\\d\\S* [kM]?B in", "N kB in"))
        .isEqualTo(
            """
            language       solutions   repairs
            python                 1         1
            toy                    1         0
            all                    2         1

            N kB in %s
            verified from 2026-09-01 to 2026-11-27
            """
                .formatted(cache.resolve("memory")));
  }

  @Test
  void statsAreJsonForPrograms() {
    ScriptedServices services = services();

    assertThat(services.execute("memory", "stats", "--json")).isZero();

    JsonNode json = JsonMapper.shared().readTree(services.out());
    assertThat(json.propertyNames())
        .containsExactly(
            "folder", "solutions", "repairs", "languages", "bytes", "oldest", "newest");
    assertThat(json.get("folder").asString()).isEqualTo(cache.resolve("memory").toString());
    assertThat(json.get("solutions").asInt()).isEqualTo(2);
    assertThat(json.at("/languages/python/repairs").asInt()).isEqualTo(1);
    assertThat(json.get("bytes").asLong()).isPositive();
    assertThat(json.get("oldest").asString()).isEqualTo("2026-09-01T00:00:00Z");
  }

  @Test
  void statsOfAFolderThatIsNotThereAreEmptyAndMakeNone() {
    ScriptedServices services = services();
    Path none = cache.resolve("none");

    assertThat(services.execute("memory", "stats", "--memory", none.toString())).isZero();

    assertThat(services.out()).isEqualTo("Nothing is remembered in %s.\n".formatted(none));
    assertThat(none).doesNotExist();
  }

  @Test
  void exportWritesWhatTheUsersTestsVerified() throws IOException {
    ScriptedServices services = services();
    Path file = cache.resolve("out.jsonl");

    assertThat(services.execute("memory", "export", file.toString())).isZero();

    assertThat(services.out()).isEqualTo("Wrote 2 lines to %s.\n".formatted(file));
    List<String> lines = Files.readAllLines(file);
    assertThat(lines)
        .extracting(line -> JsonMapper.shared().readTree(line).at("/messages/1/content").asString())
        .containsExactly("```python\na + b\n```", "```python\na + b\n```");
    assertThat(cache).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void exportWritesPreferencesAndAll() throws IOException {
    Path file = cache.resolve("out.jsonl");

    assertThat(services().execute("memory", "export", file.toString(), "--format=preference"))
        .isZero();
    JsonNode line = JsonMapper.shared().readTree(Files.readString(file));
    assertThat(line.propertyNames()).containsExactly("prompt", "chosen", "rejected");

    assertThat(services().execute("memory", "export", file.toString(), "--all")).isZero();
    assertThat(file).content().hasLineCount(3);
  }

  @Test
  void exportOfNothingWritesNothingAndExitsWithOne() {
    ScriptedServices services = services();
    Path file = cache.resolve("out.jsonl");

    assertThat(
            services.execute(
                "memory", "export", file.toString(), "--memory", cache.resolve("none").toString()))
        .isEqualTo(1);

    assertThat(services.err()).startsWith("There is nothing to export in").hasLineCount(1);
    assertThat(file).doesNotExist();
  }

  @Test
  void forgetWithYesForgetsWithoutAsking() {
    assertThat(forget(Confirmation.NOBODY, "--matching", "ACME", "--yes"))
        .isEqualTo("0 Forgot 1 record.\n");
    assertThat(forget(Confirmation.NOBODY, "--older-than=30d", "-y"))
        .isEqualTo("0 Forgot 1 record.\n");
    assertThat(forget(Confirmation.NOBODY, "--all", "--yes")).isEqualTo("0 Forgot 1 record.\n");
    assertThat(forget(Confirmation.NOBODY, "--all")).isEqualTo("0 There is nothing to forget.\n");
  }

  @Test
  void forgetAsksFirst() {
    assertThat(
            forget(
                question -> {
                  assertThat(question).isEqualTo("Forget 3 records for good?");
                  return Confirmation.Answer.NO;
                },
                "--all"))
        .isEqualTo("1 Nothing is forgotten.\n");
    assertThat(forget(Confirmation.YES, "--all")).isEqualTo("0 Forgot 3 records.\n");
  }

  @Test
  void forgetWithoutATerminalNeedsYes() {
    ScriptedServices services = services();

    assertThat(services.execute("memory", "forget", "--all")).isEqualTo(2);

    assertThat(services.err())
        .isEqualTo("There is no terminal to ask on whether to forget 3 records: say --yes.\n");
    try (ExperienceStore store = ExperienceStore.openToRead(cache.resolve("memory"))) {
      assertThat(store.stats().total().solutions()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "memory|Say what to do with the memory: stats, export or forget.",
        "memory forget|Say what to forget, by one of --all",
        "memory forget --all --older-than=1d|Say what to forget, by one of --all",
        "memory forget --matching=|Say what to forget, by one of --all",
        "memory forget --older-than=yesterday|'yesterday' is not an age",
        "memory export|Missing required parameter: 'FILE'.",
        "memory export /no/such/folder/x|There is no folder",
        "memory export x --format=csv|expected one of [SFT, PREFERENCE]",
        "memory stats --memory=/dev/null|holds other things than Mallard's memory",
        "memory remember|'remember' is not understood",
      })
  void wrongUseIsOneSentenceAndExitCodeTwo(String line, String message) {
    ScriptedServices services = services();

    assertThat(services.execute(line.split(" "))).isEqualTo(2);

    assertThat(services.out()).isEmpty();
    assertThat(services.err()).contains(message).doesNotContain("\tat ");
    assertThat(services.err().lines().count()).isLessThanOrEqualTo(2);
  }

  /** The exit code and what was printed. */
  private String forget(Confirmation confirmation, String... options) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    Services services =
        new Services(
            new Console(stream, stream, false, false, false),
            cache,
            (choice, console) -> {
              throw new AssertionError("no model is needed");
            },
            () -> {
              throw new AssertionError("no sandbox is needed");
            });
    String[] arguments = new String[options.length + 1];
    arguments[0] = "forget";
    System.arraycopy(options, 0, arguments, 1, options.length);
    int exitCode =
        new CommandLine(new MemoryCommand(services, confirmation, Clock.fixed(NOW, ZoneOffset.UTC)))
            .execute(arguments);
    return exitCode + " " + out.toString(StandardCharsets.UTF_8);
  }
}
