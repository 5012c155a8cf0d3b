package dev.mallard.benchmarks.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.Pattern;
import dev.mallard.benchmarks.dataset.Task;
import dev.mallard.benchmarks.dataset.Task.ProgramTask;
import dev.mallard.benchmarks.dataset.Task.QueryTask;
import dev.mallard.generator.problem.Comments;
import dev.mallard.generator.problem.Language;
import dev.mallard.generator.problem.Problem;
import dev.mallard.generator.sql.SqlQuestion;
import dev.mallard.grammars.GrammarSource;
import dev.mallard.sandbox.CommandLanguage;
import dev.mallard.sandbox.DataValue;
import dev.mallard.sandbox.TestSuite;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TaskCodecTest {
  private static final Language OWN =
      new Language(
          "Lox",
          List.of("lox"),
          List.of("lox"),
          new Comments(Optional.of("//"), Optional.of(new Comments.Block("/*", "*/"))),
          Optional.of(new GrammarSource("root ::= \"\u00e4\"", GrammarSource.Notation.GBNF)),
          new CommandLanguage(
              "Lox",
              Path.of("/opt/lox"),
              "program.lox",
              List.of("lox", "{program}"),
              List.of(Path.of("/usr/lib/lox")),
              Optional.of(Pattern.compile("line (?P<line>\\d+)", Pattern.CASE_INSENSITIVE)),
              OptionalInt.of(65)));

  @Property(tries = 300)
  void aTaskArrivesAsItWasSent(@ForAll("tasks") Task task) {
    String line = TaskCodec.encode(task);

    assertThat(line).doesNotContain("\n");
    assertThat(TaskCodec.decode(line)).isEqualTo(task);
  }

  @Test
  void aLanguageOfTheUsersOwnTravelsWithItsGrammar() {
    Task task =
        new ProgramTask(
            "lox/1",
            new Problem(
                "Title", "", Optional.empty(), OWN, TestSuite.EMPTY, TestSuite.asserts("x")),
            Optional.empty(),
            "");

    ProgramTask arrived = (ProgramTask) TaskCodec.decode(TaskCodec.encode(task));

    // Compiled patterns of the same text are not equal.
    assertThat(arrived).usingRecursiveComparison().isEqualTo(task);
  }

  @Test
  void whatIsNoTaskIsRefused() {
    assertThatThrownBy(() -> TaskCodec.decode("{\"kind\":\"ProgramTask\"}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("no task: ");
  }

  @Provide
  Arbitrary<Task> tasks() {
    Arbitrary<String> text = Arbitraries.strings().all().ofMaxLength(12);
    Arbitrary<String> title = text.map(any -> "t" + any.replaceAll("[\\n\\r]", " "));
    Arbitrary<Language> languages = Arbitraries.of(Language.PYTHON, Language.JAVA, Language.SQL);
    Arbitrary<Problem> problems =
        Combinators.combine(title, text, text.optional(), languages, suites(text), suites(text))
            .as(Problem::new);
    Arbitrary<Task> programs =
        Combinators.combine(text, problems, text.optional(), text).as(ProgramTask::new);
    Arbitrary<Task> queries =
        Combinators.combine(
                text,
                Combinators.combine(text.map(any -> "q" + any), text).as(SqlQuestion::new),
                text,
                text.list().ofMaxSize(3),
                text)
            .as(QueryTask::new);
    return Arbitraries.oneOf(programs, queries);
  }

  private static Arbitrary<TestSuite> suites(Arbitrary<String> text) {
    Arbitrary<DataValue> values = values(text);
    Arbitrary<TestSuite.Call> calls =
        Combinators.combine(values.list().ofMaxSize(3), values).as(TestSuite.Call::new);
    Arbitrary<TestSuite.Expected> expected =
        Arbitraries.oneOf(
            text.map(TestSuite.Expected.Query::new),
            Arbitraries.just(new TestSuite.Expected.Anything()),
            values.list().ofMaxSize(2).list().ofMaxSize(2).map(TestSuite.Expected.Rows::new));
    return Arbitraries.oneOf(
        text.map(TestSuite.Asserts::new),
        Combinators.combine(text, calls.list().ofMaxSize(3), Arbitraries.doubles().between(0, 1))
            .as(TestSuite.Calls::new),
        Combinators.combine(text, text)
            .as(TestSuite.Exchange::new)
            .list()
            .ofMaxSize(3)
            .map(TestSuite.StandardIo::new),
        Combinators.combine(text, expected, Arbitraries.of(true, false))
            .as(TestSuite.ResultSet::new)
            .list()
            .ofMaxSize(2)
            .map(TestSuite.ResultSets::new));
  }

  private static Arbitrary<DataValue> values(Arbitrary<String> text) {
    Arbitrary<DataValue> simple =
        Arbitraries.oneOf(
            Arbitraries.just(new DataValue.Null()),
            Arbitraries.of(true, false).map(DataValue.Bool::new),
            Arbitraries.bigIntegers().map(DataValue.Whole::new),
            Arbitraries.doubles().map(DataValue.Real::new),
            text.map(DataValue.Text::new));
    // No JSON reader gives a name with half of a surrogate pair, so no task has one.
    Arbitrary<String> names = text.map(any -> any.replaceAll("\\p{Cs}", ""));
    return Arbitraries.oneOf(
        simple,
        simple.list().ofMaxSize(3).map(DataValue.Sequence::new),
        Arbitraries.maps(names, simple).ofMaxSize(3).map(DataValue.Mapping::new));
  }
}
