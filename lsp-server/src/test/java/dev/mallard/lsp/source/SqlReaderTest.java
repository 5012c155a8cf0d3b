package dev.mallard.lsp.source;

import static dev.mallard.lsp.source.Sources.SQL;
import static dev.mallard.lsp.source.Sources.definition;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlReaderTest {
  private final SourceReader reader = Sources.reader("sql");
  private final Outline outline = reader.read(SQL);

  @Test
  void finds_the_questions_that_comments_ask() {
    assertThat(outline.definitions())
        .extracting(Definition::name)
        .containsExactly("How many ducks are 😀?", "the oldest duck", "Who is é̈?");
    assertThat(outline.definitions())
        .extracting(Definition::stub)
        .containsExactly(false, true, true);
    assertThat(outline.definitions()).allMatch(one -> one.kind() == Definition.Kind.QUERY);
  }

  @Test
  void a_query_is_the_statement_after_its_question() {
    Definition query = definition(outline, "How many ducks are 😀?");

    assertThat(query.body().of(SQL)).isEqualTo("SELECT count(*) FROM duck -- all\nWHERE age > 0;");
    assertThat(query.span().of(SQL)).startsWith("-- How many").endsWith("age > 0;");
    assertThat(query.nameSpan().of(SQL)).isEqualTo("-- How many ducks\n-- are 😀?");
  }

  @Test
  void a_question_without_a_query_has_a_place_for_one() {
    Definition query = definition(outline, "Who is é̈?");

    assertThat(SQL.substring(0, query.body().start())).endsWith("-- Who is é̈?");
    assertThat(query.body().of(SQL)).isEmpty();
  }

  @Test
  void takes_the_other_statements_for_the_schema() {
    assertThat(outline.imports())
        .extracting(span -> span.of(SQL))
        .containsExactly(
            "CREATE TABLE duck (name TEXT DEFAULT ';--?', age INTEGER);",
            "INSERT INTO duck VALUES ('it''s 😀', 1);");
    assertThat(outline.importPlace()).isZero();
  }

  @Test
  void a_trigger_is_one_statement() {
    String text =
        "create trigger t after insert on d begin update d set a = case when b then 1 end; end;";

    assertThat(reader.read(text).imports()).containsExactly(new Span(0, text.length()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-- which?\nselect;",
        "-- Query: all\n",
        "/*\n * question: all\n */ select ...",
        "-- which?\ncreate table t(a);\nselect 1;"
      })
  void is_a_stub_if_no_query_is_written(String text) {
    assertThat(reader.read(text).definitions()).singleElement().matches(Definition::stub);
  }

  @Test
  void comments_in_a_query_belong_to_it() {
    String text = "-- which?\nselect a\n-- the first\n-- or the second\nfrom t\n\n-- And then?";

    assertThat(reader.read(text).definitions().getFirst().body().of(text))
        .isEqualTo("select a\n-- the first\n-- or the second\nfrom t");
    assertThat(reader.read(text).definitions()).hasSize(2);
  }

  @Test
  void has_no_tests() {
    assertThat(outline.tests()).isEmpty();
    assertThat(reader.readTests(SQL, "x")).isEmpty();
    assertThat(reader.testFiles(Path.of("x.sql"))).isEmpty();
  }
}
