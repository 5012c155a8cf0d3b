package dev.mallard.grammars.digest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.grammars.BuiltInGrammar;
import java.util.EnumMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A digest is never longer than it may be. */
class DigestBudgetTest {
  private static final Map<BuiltInGrammar, GrammarDigest> DIGESTS =
      new EnumMap<>(BuiltInGrammar.class);

  static {
    for (BuiltInGrammar grammar : BuiltInGrammar.values()) {
      DIGESTS.put(grammar, GrammarDigest.lark(grammar.text(), "start"));
    }
  }

  @Property(tries = 150)
  void neverExceedsTheBudget(
      @ForAll BuiltInGrammar grammar, @ForAll @IntRange(max = 4000) int budget) {
    String text = digest(grammar).within(budget, Counting::tokens);

    assertThat(Counting.tokens(text)).isLessThanOrEqualTo(budget);
    assertThat(text).doesNotContain("\n\n\n").isEqualTo(text.strip());
  }

  /** However odd the counter is: here, whatever is even costs nothing. */
  @Property(tries = 50)
  void neverExceedsItWhateverCounts(
      @ForAll BuiltInGrammar grammar, @ForAll @IntRange(max = 4000) int budget) {
    String text = digest(grammar).within(budget, DigestBudgetTest::oddLength);

    assertThat(oddLength(text)).isLessThanOrEqualTo(budget);
  }

  private static int oddLength(String text) {
    return text.length() % 2 == 0 ? 0 : text.length();
  }

  private static GrammarDigest digest(BuiltInGrammar grammar) {
    return DIGESTS.computeIfAbsent(grammar, one -> GrammarDigest.lark(one.text(), "start"));
  }
}
