package dev.mallard.generator.constraint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.grammars.BuiltInGrammar;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What is written under a grammar's masks is accepted by a parser that has nothing to do with it,
 * but for what the grammar does not say. {@code -Dgrammars.programs=1000} makes that many of each
 * language, and prints what was refused.
 */
class SoundnessTest {
  private static final int PROGRAMS = Integer.getInteger("grammars.programs", 60);

  /** Of a hundred programs, how many may be refused for what is found in docs/grammars.md. */
  private static final double MOST_REFUSED = 2;

  @ParameterizedTest
  @EnumSource
  void whatMasksAllowIsAProgram(BuiltInGrammar language) throws IOException {
    ProgramSampler sampler = new ProgramSampler(RealVocabulary.open(), language, 20);
    Map<String, Integer> unsaid = new TreeMap<>();
    Map<String, String> refused = new TreeMap<>();
    try (IndependentParser parser = IndependentParser.of(language)) {
      for (int i = 0; i < PROGRAMS; i++) {
        String program = program(sampler);
        Optional<String> complaint = parser.complaint(program);
        if (complaint.isEmpty()) {
          continue;
        }
        if (parser.unsaid().matcher(complaint.get()).find()) {
          unsaid.merge(complaint.get().replaceAll("\"[^\"]*\"|'[^']*'|\\d+", "#"), 1, Integer::sum);
        } else {
          refused.put("program " + i + ": " + complaint.get(), program);
        }
      }
    }
    System.out.println(language + ": not said by the grammar: " + unsaid);
    refused.forEach((complaint, program) ->
        System.out.println(language + ": refused: " + complaint + "\n" + program + "\n"));
    assertThat(refused.size())
        .as(refused.toString())
        .isLessThanOrEqualTo((int) (PROGRAMS * MOST_REFUSED / 100));
  }

  private static String program(ProgramSampler sampler) {
    Optional<String> program = Optional.empty();
    while (program.isEmpty()) {
      program = sampler.sample();
    }
    return program.get();
  }
}
