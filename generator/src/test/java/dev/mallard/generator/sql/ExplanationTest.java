package dev.mallard.generator.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplanationTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "It is good./ANSWERS: yes          | true",
        "It is bad./ANSWERS: no            | false",
        "answers: No.                      | false",
        "**ANSWERS:** \"yes\"              | true",
        "ANSWERS: no/No, wait./ANSWERS: yes | true",
        "It answers: yes and no            | ",
        "ANSWERS: nothing                  | ",
        "It is good.                       | ",
      })
  void theLastLineThatTellsCounts(String text, Boolean answers) {
    assertThat(Explanation.of(text.replace('/', '\n')).answers())
        .isEqualTo(Optional.ofNullable(answers));
  }
}
