package dev.mallard.generator.memory;

import static dev.mallard.generator.memory.Experiences.NOON;
import static dev.mallard.generator.memory.Experiences.problem;
import static dev.mallard.generator.memory.Experiences.repair;
import static dev.mallard.generator.memory.Experiences.solution;
import static dev.mallard.generator.memory.Experiences.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.generator.problem.Problem;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lines for fine-tuning, in the layouts that TRL documents for conversational data sets. */
class TrainingFormatTest {
  private static final Problem ADD = problem("Add", "two numbers");

  @Test
  void aSolutionIsAQuestionAndItsAnswer() throws IOException {
    assertThat(export(TrainingFormat.SFT, false, solution(ADD, "a + b\n")))
        .singleElement()
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {"messages": [
                      {"role": "user", "content": "Write a python function that solves this problem.\\n\\n<problem>\\nAdd\\n\\ntwo numbers\\n</problem>\\n\\nExamples:\\n\\n```python\\nassert f(1) == 2\\n```"},
                      {"role": "assistant", "content": "```python\\na + b\\n```"}]}
                    """));
  }

  @Test
  void aRepairIsAQuestionWithTheFailingProgramAndItsAnswer() throws IOException {
    List<JsonNode> lines =
        export(TrainingFormat.SFT, false, repair(ADD, "a - b", "gave -1", "a + b"));

    assertThat(lines).hasSize(1);
    assertMessages(lines.getFirst().get("messages"), "user", "assistant");
    assertThat(content(lines.getFirst(), "messages", 0))
        .contains("Add\n\ntwo numbers")
        .contains("The wrong program:\n\n```python\na - b\n```")
        .contains("<feedback>\ngave -1\n</feedback>");
    assertThat(content(lines.getFirst(), "messages", 1)).isEqualTo("```python\na + b\n```");
  }

  @Test
  void ofARepairTheProgramThatPassedIsPreferred() throws IOException {
    List<JsonNode> lines =
        export(
            TrainingFormat.PREFERENCE,
            false,
            solution(ADD, "sum"),
            repair(ADD, "a - b", "gave -1", "a + b"));

    assertThat(lines).hasSize(1);
    JsonNode line = lines.getFirst();
    assertThat(line.propertyNames()).containsExactly("prompt", "chosen", "rejected");
    assertMessages(line.get("prompt"), "user");
    assertMessages(line.get("chosen"), "assistant");
    assertMessages(line.get("rejected"), "assistant");
    assertThat(content(line, "prompt", 0)).startsWith("Write a python function");
    assertThat(content(line, "chosen", 0)).contains("a + b");
    assertThat(content(line, "rejected", 0)).contains("a - b");
  }

  @Test
  void leavesOutWhatTheUsersTestsDidNotVerifyUnlessAllIsWanted() throws IOException {
    Experience[] experiences = {
      solution(ADD, "own", new Provenance(NOON, "m", Optional.empty(), true)),
      solution(ADD, "held", new Provenance(NOON.plusSeconds(1), "m", Optional.of(true), true)),
      solution(ADD, "refuted", new Provenance(NOON.plusSeconds(2), "m", Optional.of(false), true)),
      solution(ADD, "proposed", new Provenance(NOON.plusSeconds(3), "m", Optional.empty(), false))
    };

    assertThat(export(TrainingFormat.SFT, false, experiences))
        .extracting(line -> content(line, "messages", 1))
        .containsExactly("```python\nown\n```", "```python\nheld\n```");
    assertThat(export(TrainingFormat.SFT, true, experiences)).hasSize(4);
  }

  @Property(tries = 100)
  void whateverTheTextsAreALineIsALineOfJson(@ForAll String text) throws IOException {
    Experience repair =
        repair(problem("Add", text), text + "```", text + "</feedback>", text + "x");

    for (TrainingFormat format : TrainingFormat.values()) {
      List<JsonNode> lines = export(format, true, repair);
      assertThat(lines).hasSize(1);
    }
    String fenced = content(export(TrainingFormat.SFT, true, repair).getFirst(), "messages", 0);
    assertThat(fenced.split("</feedback>", -1)).hasSize(2);
  }

  @Test
  void aWriterThatFailsIsNoFaultOfTheStore() {
    try (ExperienceStore store = store();
        Writer full = new FullWriter()) {
      store.add(solution(ADD, "a + b"));
      assertThatThrownBy(() -> store.export(TrainingFormat.SFT, false, full))
          .isExactlyInstanceOf(IOException.class)
          .hasMessage("No space left on device");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static final class FullWriter extends Writer {
    @Override
    public void write(char[] characters, int from, int length) throws IOException {
      throw new IOException("No space left on device");
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  private static List<JsonNode> export(
      TrainingFormat format, boolean all, Experience... experiences) throws IOException {
    StringWriter text = new StringWriter();
    try (ExperienceStore store = store()) {
      for (Experience experience : experiences) {
        store.add(experience);
      }
      int lines = store.export(format, all, text);
      assertThat(text.toString().chars().filter(c -> c == '\n')).hasSize(lines);
    }
    return text.toString().lines().map(line -> JsonMapper.shared().readTree(line)).toList();
  }

  private static void assertMessages(JsonNode messages, String... roles) {
    assertThat(messages.valueStream().map(message -> message.get("role").asString()))
        .containsExactly(roles);
    assertThat(messages.valueStream())
        .allSatisfy(message -> {
          assertThat(message.propertyNames()).containsExactly("role", "content");
          assertThat(message.get("content").isString()).isTrue();
        });
  }

  private static String content(JsonNode line, String list, int index) {
    return line.get(list).get(index).get("content").asString();
  }
}
