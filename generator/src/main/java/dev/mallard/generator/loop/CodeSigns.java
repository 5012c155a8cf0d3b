package dev.mallard.generator.loop;

import dev.mallard.generator.problem.Language;
import dev.mallard.sandbox.GuestLanguage;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What tells a program in one language from the rest of an answer. */
interface CodeSigns {
  /** What fenced blocks of the language are called. */
  Set<String> labels();

  /**
   * Tests of a fenced block, the most telling one first: the program is in the first block that
   * passes the first of them that any block passes.
   */
  List<Predicate<FencedBlock>> preferences();

  /** Whether a block holds the program that was asked for, as far as it is written. */
  boolean isProgram(FencedBlock block);

  /**
   * Where something seems to begin in a program, behind all that was asked for, that nothing before
   * it needs; in order.
   */
  default List<Integer> endsOfNeeded(String code) {
    return List.of();
  }

  /** The program in an answer without such blocks, its last line ended. */
  Optional<String> bareCode(String answer);

  /** Whether a line of a test suite is a whole test, which a model may have copied. */
  boolean isTest(String line);

  /**
   * The signs of programs in a language that define what a signature names, or, without one, what
   * tests call.
   *
   * @param tests statements that call what the program defines; blank if there are none
   */
  static CodeSigns of(Language language, Optional<String> signature, String tests) {
    return switch (language.guestLanguage()) {
      case GuestLanguage.PYTHON -> new DefinitionSigns(language, CodeLook.PYTHON, signature, tests);
      case GuestLanguage.JAVA -> new DefinitionSigns(language, CodeLook.JAVA, signature, tests);
      case GuestLanguage.JAVASCRIPT ->
          new DefinitionSigns(language, CodeLook.JAVASCRIPT, signature, tests);
      default -> new GrammarSigns(language);
    };
  }
}
