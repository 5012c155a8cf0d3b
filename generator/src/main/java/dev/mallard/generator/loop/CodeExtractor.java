package dev.mallard.generator.loop;

import dev.mallard.generator.problem.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds the Python program in what a model wrote: in a fenced code block, or failing that in the
 * lines that look like code.
 */
final class CodeExtractor {
  private static final Set<String> PYTHON = Set.of("python", "py", "python3");

  /** Labels of blocks that are no program, however much they look like one. */
  private static final Set<String> OTHER =
      Set.of("text", "txt", "plaintext", "output", "console", "bash", "sh", "shell", "json");

  private static final Pattern OPENING =
      Pattern.compile("(?<indent>\\s*)(?<fence>`{3,}|~{3,})(?<info>[^`]*)");

  /** A fence at the end of a line of prose, which Markdown would not take for one. */
  private static final Pattern LATE_OPENING =
      Pattern.compile("[^`]*[^`\\s][^`]*(?<fence>`{3,})(?<info>[A-Za-z0-9]+)\\s*");

  private static final Pattern DEFINITION =
      Pattern.compile("(?m)^[ \\t]*(?:async[ \\t]+def|def|class)[ \\t]+(\\w+)");

  private static final Pattern FIRST_CODE_LINE =
      Pattern.compile(
          "(?:async\\s+def|def)\\s+\\w+\\s*\\(.*|class\\s+\\w+\\s*[(:].*|@\\w.*"
              + "|import\\s+[\\w.]+(\\s+as\\s+\\w+)?(\\s*,\\s*[\\w.]+)*|from\\s+[\\w.]+\\s+import\\s.*");

  private static final Pattern CODE_LINE =
      Pattern.compile(
          "#.*|[)\\]}].*|(?:if|elif|for|while|with|except)\\b.*:.*|(?:else|try|finally)\\s*:.*"
              + "|(?:assert|return|raise|del|global)\\b.*|pass|(?:\"\"\"|''').*"
              + "|[\\w.\\[\\], ]+\\s*[-+*/%|&^]{0,2}=[^=].*|[\\w.]+\\(.*");

  /** A fenced block; not closed if the text ends first. */
  private record Block(String label, String code, boolean closed) {}

  private final Set<String> wanted;
  private final Set<String> visibleTests;

  /** Looks for programs that define what a problem's signature names. */
  CodeExtractor(Problem problem) {
    this.wanted = Set.copyOf(definitions(problem.signature().orElse("")));
    this.visibleTests =
        problem
            .visibleTests()
            .source()
            .lines()
            .filter(line -> line.startsWith("assert "))
            .map(String::stripTrailing)
            .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The program in an answer, its last line ended; empty if there is none. Visible tests that the
   * model copied into it are left out: they are run anyway, and inside the program a failure would
   * be a crash that says less than the failed test does.
   */
  Optional<String> extract(String answer) {
    return find(answer).map(this::withoutTests).filter(program -> !program.isBlank());
  }

  private Optional<String> find(String answer) {
    List<Block> blocks =
        blocks(answer).stream()
            .filter(block -> !OTHER.contains(block.label()) && !block.code().isBlank())
            .toList();
    return first(blocks, this::defines)
        .or(() -> first(blocks, block -> !definitions(block.code()).isEmpty()))
        .or(() -> first(blocks, block -> PYTHON.contains(block.label())))
        .or(() -> first(blocks, block -> true))
        .or(() -> bareCode(answer));
  }

  /**
   * Whether an answer that is still being written already holds the program, whole: its block is
   * closed, or the model has begun to copy the tests below it.
   */
  boolean isComplete(String answerSoFar) {
    return blocks(answerSoFar).stream()
        .filter(this::defines)
        .anyMatch(block -> block.closed() || (answerSoFar.endsWith("\n") && endsWithTest(block)));
  }

  private boolean endsWithTest(Block block) {
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

  private boolean defines(Block block) {
    Set<String> defined = definitions(block.code());
    return wanted.isEmpty() ? !defined.isEmpty() : defined.containsAll(wanted);
  }

  private static Optional<String> first(List<Block> blocks, Predicate<Block> test) {
    return blocks.stream().filter(test).map(Block::code).findFirst();
  }

  private static Set<String> definitions(String code) {
    Set<String> names = new HashSet<>();
    Matcher matcher = DEFINITION.matcher(code);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  private static List<Block> blocks(String answer) {
    List<Block> blocks = new ArrayList<>();
    String[] lines = answer.replace("\r\n", "\n").split("\n", -1);
    int i = 0;
    while (i < lines.length) {
      Matcher opening = OPENING.matcher(lines[i]);
      if (!opening.matches()) {
        opening = LATE_OPENING.matcher(lines[i]);
        if (!opening.matches() || !PYTHON.contains(label(opening))) {
          i++;
          continue;
        }
      }
      int indent = opening.pattern() == OPENING ? opening.group("indent").length() : 0;
      String fence = opening.group("fence");
      StringBuilder code = new StringBuilder();
      i++;
      while (i < lines.length && !closes(lines[i], fence)) {
        code.append(outdent(lines[i], indent)).append('\n');
        i++;
      }
      boolean closed = i < lines.length;
      blocks.add(
          new Block(label(opening), closed ? code.toString() : unclosed(code, fence), closed));
      i++;
    }
    return blocks;
  }

  private static String label(Matcher opening) {
    return opening.group("info").strip().split("\\s+", 2)[0].toLowerCase(Locale.ROOT);
  }

  private static boolean closes(String line, String fence) {
    String text = line.strip();
    return text.length() >= fence.length()
        && text.chars().allMatch(character -> character == fence.charAt(0));
  }

  /** Removes the indentation of a block's fence, as far as a line has it. */
  private static String outdent(String line, int indent) {
    int i = 0;
    while (i < indent && i < line.length() && Character.isWhitespace(line.charAt(i))) {
      i++;
    }
    return line.substring(i);
  }

  /** Models put the closing fence behind the last statement at times. */
  private static String unclosed(CharSequence code, String fence) {
    String text = code.toString().stripTrailing();
    if (text.endsWith(fence)) {
      text = text.substring(0, text.length() - fence.length()).stripTrailing();
    }
    return text + "\n";
  }

  /** From the first line that looks like code to the last line before prose begins again. */
  private static Optional<String> bareCode(String answer) {
    List<String> lines = answer.lines().toList();
    int start = 0;
    while (start < lines.size() && !FIRST_CODE_LINE.matcher(lines.get(start).strip()).matches()) {
      start++;
    }
    if (start == lines.size()) {
      return Optional.empty();
    }
    int indent = indent(lines.get(start));
    StringBuilder code = new StringBuilder();
    boolean insideString = false;
    for (String line : lines.subList(start, lines.size())) {
      boolean deeper = line.isBlank() || indent(line) > indent;
      String text = line.strip();
      boolean codeLine =
          FIRST_CODE_LINE.matcher(text).matches() || CODE_LINE.matcher(text).matches();
      if (!insideString && !deeper && (indent(line) < indent || !codeLine)) {
        break;
      }
      insideString ^= opensString(line);
      code.append(outdent(line, indent)).append('\n');
    }
    return Optional.of(code.toString().stripTrailing() + "\n");
  }

  private static int indent(String line) {
    int i = 0;
    while (i < line.length() && Character.isWhitespace(line.charAt(i))) {
      i++;
    }
    return i;
  }

  /** Whether a triple-quoted string begins or ends in a line, but not both. */
  private static boolean opensString(String line) {
    int quotes = 0;
    for (int i = line.indexOf("\"\"\""); i >= 0; i = line.indexOf("\"\"\"", i + 3)) {
      quotes++;
    }
    return quotes % 2 == 1;
  }
}
