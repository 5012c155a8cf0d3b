package dev.mallard.generator.loop;

import dev.mallard.generator.problem.Language;
import dev.mallard.generator.problem.Problem;
import dev.mallard.sandbox.TestSuite;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Finds the program in what a model wrote: in a fenced code block, or failing that in the lines
 * that look like code.
 */
public final class CodeExtractor {
  /** Labels of blocks that are no program, however much they look like one. */
  private static final Set<String> OTHER =
      Set.of("text", "txt", "plaintext", "output", "console", "bash", "sh", "shell", "json");

  private final CodeSigns signs;
  private final Set<String> visibleTests;
  private final Predicate<String> parses;

  /** Looks for programs in a problem's language that define what its signature names. */
  CodeExtractor(Problem problem) {
    this(problem, program -> true);
  }

  /**
   * As {@link #CodeExtractor(Problem)}.
   *
   * @param parses says of a program that is followed by something else whether it belongs to the
   *     language
   */
  CodeExtractor(Problem problem, Predicate<String> parses) {
    this(
        CodeSigns.of(problem.language(), problem.signature(), calls(problem.visibleTests())),
        problem.visibleTests().source(),
        parses);
  }

  /** The tests, if they call what the program defines. */
  private static String calls(TestSuite tests) {
    return switch (tests) {
      case TestSuite.Asserts _, TestSuite.Calls _ -> tests.source();
      case TestSuite.StandardIo _, TestSuite.ResultSets _ -> "";
    };
  }

  private CodeExtractor(CodeSigns signs, String tests, Predicate<String> parses) {
    this.signs = signs;
    this.parses = parses;
    visibleTests =
        tests
            .lines()
            .filter(signs::isTest)
            .map(String::stripTrailing)
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Looks for programs in a language of which nothing else is asked. */
  public static CodeExtractor of(Language language) {
    return new CodeExtractor(CodeSigns.of(language, Optional.empty(), ""), "", program -> true);
  }

  /**
   * The program in an answer, its last line ended; empty if there is none. What the model wrote on
   * behind all that was asked for, such as other functions and calls, is left out. Visible tests
   * that the model copied into it are left out: they are run anyway, and inside the program a
   * failure would be a crash that says less than the failed test does.
   */
  public Optional<String> extract(String answer) {
    return find(answer)
        .map(this::needed)
        .map(this::withoutTests)
        .filter(program -> !program.isBlank());
  }

  private Optional<String> find(String answer) {
    List<FencedBlock> blocks =
        FencedBlock.all(answer, signs.labels()).stream()
            .filter(block -> !isOther(block.label()) && !block.code().isBlank())
            .toList();
    for (Predicate<FencedBlock> preference : signs.preferences()) {
      Optional<FencedBlock> preferred = blocks.stream().filter(preference).findFirst();
      if (preferred.isPresent()) {
        return preferred.map(FencedBlock::code);
      }
    }
    return signs.bareCode(answer);
  }

  private boolean isOther(String label) {
    return OTHER.contains(label) && !signs.labels().contains(label);
  }

  /**
   * Whether an answer that is still being written already holds the program, whole: its block is
   * closed, or the model has begun to copy the tests below it, or something else that is not
   * needed.
   */
  public boolean isComplete(String answerSoFar) {
    return FencedBlock.all(answerSoFar, signs.labels()).stream()
        .filter(block ->
            block.closed()
                || (answerSoFar.endsWith("\n")
                    && (goesOn(block.code())
                        || (endsWithTest(block) && parses.test(block.code())))))
        .anyMatch(signs::isProgram);
  }

  private boolean goesOn(String code) {
    return needed(code).length() < code.length();
  }

  private String needed(String program) {
    // What looks like the next function may be in a text of several lines.
    return signs.endsOfNeeded(program).stream()
        .map(end -> program.substring(0, end).stripTrailing() + "\n")
        .filter(parses)
        .findFirst()
        .orElse(program);
  }

  private boolean endsWithTest(FencedBlock block) {
    String[] lines = block.code().stripTrailing().split("\n", -1);
    return visibleTests.contains(lines[lines.length - 1].stripTrailing());
  }

  private String withoutTests(String program) {
    return program.lines().anyMatch(this::isTest)
        ? program
                .lines()
                .filter(line -> !isTest(line))
                .collect(Collectors.joining("\n"))
                .stripTrailing()
            + "\n"
        : program;
  }

  private boolean isTest(String line) {
    return visibleTests.contains(line.stripTrailing());
  }
}
