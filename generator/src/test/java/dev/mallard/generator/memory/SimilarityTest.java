package dev.mallard.generator.memory;

import static dev.mallard.generator.memory.Experiences.NOON;
import static dev.mallard.generator.memory.Experiences.TOY;
import static dev.mallard.generator.memory.Experiences.problem;
import static dev.mallard.generator.memory.Experiences.repair;
import static dev.mallard.generator.memory.Experiences.solution;
import static dev.mallard.generator.memory.Experiences.store;
import static dev.mallard.generator.memory.Experiences.verified;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.generator.problem.Language;
import dev.mallard.generator.problem.Problem;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is found for a problem. */
class SimilarityTest {
  private static final ExperienceStore MANY = store(new ByteBuffersDirectory());

  /**
   * Two hundred problems about other things, and one about palindromes, in each of two languages.
   */
  @BeforeAll
  static void remember() {
    List<String> verbs =
        List.of(
            "Count", "Sort", "Merge", "Print", "Reverse", "Sum", "Filter", "Find", "Pair", "Split");
    List<String> things =
        List.of(
            "apples",
            "graphs",
            "intervals",
            "matrices",
            "numbers",
            "dates",
            "prices",
            "words",
            "trees",
            "colours");
    for (Language language : List.of(Language.PYTHON, TOY)) {
      for (String verb : verbs) {
        for (String thing : things) {
          String title = verb + " the " + thing;
          Problem other =
              problem(
                  title,
                  "Given a list of %s, return a list. %s all the %s in the string, and the longest of them first."
                      .formatted(thing, verb, thing),
                  language);
          MANY.add(solution(other, title));
          MANY.add(repair(other, "def old_%s(): pass".formatted(thing), "it is wrong", title));
        }
      }
      Problem palindromes =
          problem("longestPalindrome", "The longest part that reads the same both ways.", language);
      MANY.add(solution(palindromes, language.label() + " palindrome"));
      MANY.add(
          repair(palindromes, "mirror_half()", "IndexError: string index out of range", "fixed"));
    }
  }

  @AfterAll
  static void close() {
    MANY.close();
  }

  @Test
  void findsTheSimilarProblemAmongTwoHundredOthers() {
    Problem problem =
        problem("Palindromes", "Given a string, return the longest palindrome in it.");

    assertThat(MANY.similarSolutions(problem, 3))
        .hasSize(3)
        .first()
        .extracting(Experience.Solution::program)
        .isEqualTo("python palindrome");
  }

  @Test
  void neverFindsAnotherLanguage() {
    Problem problem = problem("longestPalindrome", "numbers string words trees list");

    assertThat(MANY.similarSolutions(problem, 1000))
        .hasSizeGreaterThan(90)
        .allMatch(found -> found.problem().language().equals("python"));
    assertThat(MANY.similarRepairs(problem, "numbers", "it is wrong", 1000))
        .hasSizeGreaterThan(90)
        .allMatch(found -> found.problem().language().equals("python"));
  }

  @Test
  void findsARepairByTheFailingProgramOrTheFeedbackAlone() {
    Problem unlike = problem("Quite unlike", "");

    assertThat(MANY.similarRepairs(unlike, "def mirrorHalf(x): return x", "", 1))
        .extracting(Experience.Repair::program)
        .containsExactly("fixed");
    assertThat(MANY.similarRepairs(unlike, "", "The index is out of range.", 1))
        .extracting(Experience.Repair::program)
        .containsExactly("fixed");
  }

  @Test
  void findsNothingThatSharesNoWordAndNothingByNothing() {
    assertThat(MANY.similarSolutions(problem("Zymurgy", "!?"), 5)).isEmpty();
    assertThat(MANY.similarSolutions(problem("***", ""), 5)).isEmpty();
    assertThat(MANY.similarRepairs(problem("***", ""), "", "", 5)).isEmpty();
    assertThat(MANY.similarSolutions(problem("Sort the apples", ""), 0)).isEmpty();
  }

  @Test
  void takesWordsOfAQueryForWords() {
    try (ExperienceStore store = store()) {
      store.add(solution(problem("Add", "plus"), "right"));

      assertThat(store.similarSolutions(problem("NOT plus -Add", "zzz"), 1)).hasSize(1);
      assertThat(store.similarSolutions(problem("*:*", "problem_words:*"), 1)).isEmpty();
    }
  }

  @Test
  void findsIdentifiersByTheirParts() {
    try (ExperienceStore store = store()) {
      store.add(solution(problem("parseHttpUrls", ""), "camel"));
      store.add(solution(problem("read_csv_rows", ""), "snake"));

      assertThat(store.similarSolutions(problem("the url", ""), 2))
          .extracting(Experience.Solution::program)
          .containsExactly("camel");
      assertThat(store.similarSolutions(problem("csvRow", ""), 2))
          .extracting(Experience.Solution::program)
          .containsExactly("snake");
    }
  }

  @Test
  void aHugeStatementIsSearchedByItsMostTellingWords() {
    String chatter = "return the list of the string and the other ".repeat(2000);
    Problem problem = problem("Long", chatter + " a palindrome " + chatter);

    assertThat(MANY.similarSolutions(problem, 1))
        .extracting(Experience.Solution::program)
        .containsExactly("python palindrome");
  }

  @Test
  void ofEquallyGoodOnesTheNewestComeFirst() {
    Problem problem = problem("Add", "two numbers");
    try (ExperienceStore store = store()) {
      for (int i = 0; i < 20; i++) {
        int hour = i * 7 % 20;
        store.add(solution(problem, "p" + hour, verified(NOON.plusSeconds(hour * 3600L))));
      }

      assertThat(store.similarSolutions(problem, 4))
          .extracting(Experience.Solution::program)
          .containsExactly("p19", "p18", "p17", "p16");
    }
  }

  @Test
  void whatHiddenTestsRefutedIsNotFound() {
    Problem problem = problem("Add", "two numbers");
    try (ExperienceStore store = store()) {
      store.add(solution(problem, "wrong", new Provenance(NOON, "m", Optional.of(false), true)));
      store.add(solution(problem, "right", new Provenance(NOON, "m", Optional.of(true), true)));
      store.add(solution(problem, "unknown", new Provenance(NOON, "m", Optional.empty(), false)));

      assertThat(store.similarSolutions(problem, 4))
          .extracting(Experience.Solution::program)
          .containsExactlyInAnyOrder("right", "unknown");
    }
  }
}
