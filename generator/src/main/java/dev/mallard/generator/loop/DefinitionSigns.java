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
  private final Set<String> called;

  /** Looks for programs that define what a signature names, or, without one, what tests call. */
  DefinitionSigns(Language language, CodeLook look, Optional<String> signature, String tests) {
    this.look = look;
    labels = Set.copyOf(language.labels());
    wanted = Set.copyOf(look.definitions(signature.orElse("")));
    called = Set.copyOf(CodeLook.calls(tests));
  }

  @Override
  public Set<String> labels() {
    return labels;
  }

  @Override
  public List<Predicate<FencedBlock>> preferences() {
    return List.of(
        block -> isEnough(look.definitions(block.code())),
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
    return wanted.isEmpty() && called.isEmpty()
        ? List.of()
        : look.endsOfNeeded(code, called::contains, this::isEnough);
  }

  /** Tests call much that is not the program's, so without a signature one of them is enough. */
  private boolean isEnough(Set<String> defined) {
    return wanted.isEmpty()
        ? defined.stream().anyMatch(called::contains)
        : defined.containsAll(wanted);
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
