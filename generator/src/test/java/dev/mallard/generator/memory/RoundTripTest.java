package dev.mallard.generator.memory;

import static dev.mallard.generator.memory.Experiences.NOON;
import static dev.mallard.generator.memory.Experiences.all;
import static dev.mallard.generator.memory.Experiences.problem;
import static dev.mallard.generator.memory.Experiences.repair;
import static dev.mallard.generator.memory.Experiences.solution;
import static dev.mallard.generator.memory.Experiences.store;
import static dev.mallard.generator.memory.Experiences.verified;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

/** What is put into a store comes out of it. */
class RoundTripTest {
  @Property(tries = 300)
  void anExperienceComesBackAsItWas(@ForAll("experiences") Experience experience) {
    try (ExperienceStore store = store()) {
      boolean changes =
          !(experience instanceof Experience.Repair repair) || repair.changesTheProgram();

      assertThat(store.add(experience)).isEqualTo(changes);

      assertThat(all(store)).isEqualTo(changes ? List.of(experience) : List.of());
    }
  }

  @Property(tries = 300)
  void noTextIsTooHostileToSearchBy(@ForAll("texts") String text) {
    try (ExperienceStore store = store()) {
      store.add(solution(problem("Add numbers", text), "a"));
      store.add(repair(problem("Add numbers", text), text + "b", text, "c"));

      assertThat(store.similarSolutions(problem("Add numbers", text), 3)).hasSize(1);
      assertThat(store.similarRepairs(problem("Add numbers", text), text, text, 3)).hasSize(1);
    }
  }

  @Provide
  static Arbitrary<String> texts() {
    return Arbitraries.frequencyOf(
        Tuple.of(2, Arbitraries.strings().ofMaxLength(60)),
        Tuple.of(
            1,
            Arbitraries.of(
                "",
                " ",
                "title:\"x\" AND (a OR b) -c +d *:* ~2 ^5 \\ / [1 TO 2} {!x}",
                "a\u0000b\r\n\u2028\u202e\ufeff",
                "\ud83d\udc4d\ud83c\udffd",
                "*".repeat(5000),
                "x".repeat(40_000),
                "_a__b_".repeat(3000),
                "wordOfManyWords ".repeat(3000))));
  }

  @Provide
  static Arbitrary<Experience> experiences() {
    Arbitrary<ProblemText> problems =
        Combinators.combine(
                texts(), texts(), texts().optional(), Arbitraries.of("python", "toy"), texts())
            .as(ProblemText::new);
    Arbitrary<Provenance> provenances =
        Combinators.combine(
                Arbitraries.longs().between(-1L << 40, 1L << 45).map(Instant::ofEpochMilli),
                texts(),
                Arbitraries.of(true, false).optional(),
                Arbitraries.of(true, false))
            .as(Provenance::new);
    return Arbitraries.oneOf(
        Combinators.combine(problems, texts(), provenances).as(Experience.Solution::new),
        Combinators.combine(problems, texts(), texts(), texts(), provenances)
            .as(Experience.Repair::new));
  }

  @Test
  void halfOfASurrogatePairBecomesTheReplacementCharacter() {
    try (ExperienceStore store = store()) {
      store.add(solution(problem("Broken", "a\ud83db\udc4d"), "\ud83d"));

      assertThat(all(store))
          .singleElement()
          .satisfies(experience -> {
            assertThat(experience.problem().statement()).isEqualTo("a\ufffdb\ufffd");
            assertThat(experience.program()).isEqualTo("\ufffd");
          });
    }
  }

  @Test
  void aLongTextIsCutVisiblyAndALongProgramIsNotRemembered() {
    String longest = "x".repeat(Texts.LONGEST - 1);
    try (ExperienceStore store = store()) {
      assertThat(store.add(solution(problem("Long", longest + "\ud83d\udc4d" + "tail"), longest)))
          .isTrue();
      assertThat(store.add(solution(problem("Long", ""), longest + "ab"))).isFalse();
      assertThat(store.add(repair(problem("Long", ""), longest + "ab", "", "x"))).isFalse();

      assertThat(all(store))
          .singleElement()
          .satisfies(experience -> {
            assertThat(experience.program()).isEqualTo(longest);
            assertThat(experience.problem().statement())
                .hasSizeLessThanOrEqualTo(Texts.LONGEST)
                .endsWith("x\n[... 55 characters are cut ...]");
          });
    }
  }

  @Test
  void theSameProblemAndProgramIsThereOnce() {
    try (ExperienceStore store = store()) {
      store.add(solution(problem("Add", "Add two."), "a + b"));
      store.add(solution(problem("Add", "Add two."), "a + b", verified(NOON.plusSeconds(1))));
      store.add(solution(problem("Add", "Add two."), "b + a"));
      store.add(solution(problem("Add", "Add 2."), "a + b"));
      store.add(solution(problem("Add", "Add two.", Experiences.TOY), "a + b"));
      store.add(repair(problem("Add", "Add two."), "a - b", "wrong", "a + b"));
      store.add(repair(problem("Add", "Add two."), "a - b", "it is wrong", "a + b"));

      assertThat(store.stats().total()).isEqualTo(new MemoryStats.Counts(4, 1));
      assertThat(store.stats().newest()).contains(NOON.plusSeconds(1));
    }
  }

  @Test
  void ofTheSameTheOneStandsThatMoreWasAskedOf() {
    Provenance proposed = new Provenance(NOON, "m", Optional.empty(), false);
    Provenance own = new Provenance(NOON, "m", Optional.empty(), true);
    Provenance hidden = new Provenance(NOON, "m", Optional.of(false), true);
    try (ExperienceStore store = store()) {
      for (Provenance provenance : List.of(proposed, own, proposed, hidden, own, proposed)) {
        store.add(solution(problem("Add", ""), "a + b", provenance));
      }

      assertThat(all(store)).singleElement().extracting(Experience::provenance).isEqualTo(hidden);
    }
  }

  @Test
  void aRepairThatChangesNothingIsNotRemembered() {
    try (ExperienceStore store = store()) {
      assertThat(store.add(repair(problem("Add", ""), "a + b\n", "wrong", "\na + b"))).isFalse();

      assertThat(store.stats().languages()).isEmpty();
    }
  }

  @Test
  void aStoreThatWasOpenedToReadRefusesToBeChanged() {
    try (ExperienceStore store = ExperienceStore.openToRead(Path.of("there", "is", "none"))) {
      assertThatThrownBy(() -> store.add(solution(problem("Add", ""), "a + b")))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> store.forget(new Selection.All()))
          .isInstanceOf(IllegalStateException.class);
    }
  }
}
