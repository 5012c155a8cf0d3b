package dev.mallard.generator.loop;

import dev.mallard.generator.problem.Language;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells Python by what a block defines, and bare lines by how they look. */
final class PythonSigns implements CodeSigns {
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

  private final Set<String> labels = Set.copyOf(Language.PYTHON.labels());
  private final Set<String> wanted;

  /** Looks for programs that define what a signature names. */
  PythonSigns(Optional<String> signature) {
    wanted = Set.copyOf(definitions(signature.orElse("")));
  }

  @Override
  public Set<String> labels() {
    return labels;
  }

  @Override
  public List<Predicate<FencedBlock>> preferences() {
    return List.of(
        this::isProgram,
        block -> !definitions(block.code()).isEmpty(),
        block -> labels.contains(block.label()),
        block -> true);
  }

  @Override
  public boolean isProgram(FencedBlock block) {
    Set<String> defined = definitions(block.code());
    return wanted.isEmpty() ? !defined.isEmpty() : defined.containsAll(wanted);
  }

  private static Set<String> definitions(String code) {
    Set<String> names = new HashSet<>();
    Matcher matcher = DEFINITION.matcher(code);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  /** From the first line that looks like code to the last line before prose begins again. */
  @Override
  public Optional<String> bareCode(String answer) {
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
      code.append(FencedBlock.outdent(line, indent)).append('\n');
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
