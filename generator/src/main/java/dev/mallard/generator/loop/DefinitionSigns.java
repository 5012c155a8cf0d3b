package dev.mallard.generator.loop;

import dev.mallard.generator.problem.Language;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Tells a language by what a block defines, and bare lines by how they look. */
final class DefinitionSigns implements CodeSigns {
  private final CodeLook look;
  private final Set<String> labels;
  private final Set<String> wanted;

  /** Looks for programs that define what a signature names. */
  DefinitionSigns(Language language, CodeLook look, Optional<String> signature) {
    this.look = look;
    labels = Set.copyOf(language.labels());
    wanted = Set.copyOf(look.definitions(signature.orElse("")));
  }

  @Override
  public Set<String> labels() {
    return labels;
  }

  @Override
  public List<Predicate<FencedBlock>> preferences() {
    return List.of(
        this::isProgram,
        block -> !look.definitions(block.code()).isEmpty(),
        block -> labels.contains(block.label()),
        block -> true);
  }

  @Override
  public boolean isProgram(FencedBlock block) {
    Set<String> defined = look.definitions(block.code());
    return wanted.isEmpty() ? !defined.isEmpty() : defined.containsAll(wanted);
  }

  @Override
  public List<Integer> endsOfNeeded(String code) {
    return wanted.isEmpty() ? List.of() : look.endsOfNeeded(code, wanted);
  }

  @Override
  public Optional<String> bareCode(String answer) {
    return look.bareCode(answer);
  }

  @Override
  public boolean isTest(String line) {
    return look.test().matcher(line).matches();
  }
}
