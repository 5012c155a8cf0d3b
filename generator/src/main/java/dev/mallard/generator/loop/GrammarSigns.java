package dev.mallard.generator.loop;

import dev.mallard.generator.problem.Language;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Tells a language of which nothing else is known by the label of a block, and by its grammar if
 * there is one.
 */
final class GrammarSigns implements CodeSigns {
  private final Optional<WholeProgram> whole;
  private final Set<String> labels;

  GrammarSigns(Language language) {
    whole = language.grammar().map(WholeProgram::new);
    labels = Set.copyOf(language.labels());
  }

  @Override
  public Set<String> labels() {
    return labels;
  }

  @Override
  public List<Predicate<FencedBlock>> preferences() {
    return List.of(
        block -> isLabelled(block) && accepts(block.code()),
        block -> accepts(block.code()),
        this::isLabelled,
        block -> block.label().isEmpty());
  }

  @Override
  public boolean isProgram(FencedBlock block) {
    return isLabelled(block) || (block.closed() && accepts(block.code()));
  }

  /** All of it or nothing: no line of a language that is not known looks like code. */
  @Override
  public Optional<String> bareCode(String answer) {
    return Optional.of(answer.strip() + "\n").filter(this::accepts);
  }

  /** Tests are exchanges, which are no part of the language. */
  @Override
  public boolean isTest(String line) {
    return false;
  }

  private boolean isLabelled(FencedBlock block) {
    return labels.contains(block.label());
  }

  private boolean accepts(String code) {
    return whole.filter(program -> program.test(code)).isPresent();
  }
}
