package dev.mallard.grammars.digest;

import dev.mallard.grammars.notation.Comment;
import dev.mallard.grammars.notation.Definition;
import dev.mallard.grammars.notation.GrammarText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The comments of a grammar, by what they stand at: a definition's name, {@link #IGNORED}, or
 * {@link #END}. One that begins with {@code e.g.} gives an example.
 */
final class Remarks {
  /** What is said of what may stand between terminals. */
  static final String IGNORED = "%ignore";

  /** What is said after the last definition. */
  static final String END = "";

  private static final String EXAMPLE = "e.g.";

  private final Map<String, List<String>> before = new HashMap<>();
  private final Map<String, List<String>> above = new HashMap<>();
  private final Map<String, String> beside = new HashMap<>();
  private final Map<String, String> examples = new HashMap<>();

  private Remarks() {}

  static Remarks of(String source, GrammarText grammar) {
    Remarks remarks = new Remarks();
    List<String> lines = source.lines().toList();
    NavigableMap<Integer, String> owners = owners(lines, grammar);
    List<Integer> commentLines =
        grammar.comments().stream().map(comment -> comment.position().line()).toList();
    for (Comment comment : grammar.comments()) {
      int line = comment.position().line();
      boolean alone = lines.get(line - 1).substring(0, comment.position().column() - 1).isBlank();
      if (!alone) {
        remarks.addBeside(ownerAt(owners, line), comment.text());
        continue;
      }
      int next = line + 1;
      boolean gap = false;
      while (next <= lines.size()
          && (lines.get(next - 1).isBlank() || commentLines.contains(next))) {
        gap |= lines.get(next - 1).isBlank();
        next++;
      }
      if (next <= lines.size() && lines.get(next - 1).strip().startsWith("|")) {
        remarks.addAlone(ownerAt(owners, line), comment.text(), false);
      } else {
        remarks.addAlone(owners.getOrDefault(next, END), comment.text(), gap);
      }
    }
    return remarks;
  }

  /** What stands at a line, by its number. */
  private static NavigableMap<Integer, String> owners(List<String> lines, GrammarText grammar) {
    NavigableMap<Integer, String> owners = new TreeMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.startsWith("%")) {
        owners.put(i + 1, line.startsWith(IGNORED) ? IGNORED : line);
      }
    }
    for (Definition definition : grammar.definitions().values()) {
      owners.put(definition.position().line(), definition.name());
    }
    return owners;
  }

  private static String ownerAt(NavigableMap<Integer, String> owners, int line) {
    return Optional.ofNullable(owners.floorEntry(line)).map(Map.Entry::getValue).orElse(END);
  }

  private void addBeside(String owner, String text) {
    if (!addExample(owner, text)) {
      beside.put(owner, text);
    }
  }

  private void addAlone(String owner, String text, boolean gap) {
    if (gap || !addExample(owner, text)) {
      (gap ? before : above).computeIfAbsent(owner, _ -> new ArrayList<>()).add(text);
    }
  }

  private boolean addExample(String owner, String text) {
    if (!text.startsWith(EXAMPLE)) {
      return false;
    }
    examples.put(owner, text.substring(EXAMPLE.length()).strip());
    return true;
  }

  /** Comments before it, with a blank line in between: headings. */
  List<String> before(String owner) {
    return before.getOrDefault(owner, List.of());
  }

  /** Comments right above it. */
  List<String> above(String owner) {
    return above.getOrDefault(owner, List.of());
  }

  /** The comment in its line. */
  Optional<String> beside(String owner) {
    return Optional.ofNullable(beside.get(owner));
  }

  /** Texts that it stands for. */
  Optional<String> example(String name) {
    return Optional.ofNullable(examples.get(name));
  }
}
