package dev.mallard.generator.problem;

import dev.mallard.generator.UserException;
import dev.mallard.grammars.GrammarException;
import dev.mallard.grammars.GrammarSource;
import dev.mallard.grammars.GrammarSource.Notation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a language of the user's own from a folder, which holds a file {@code language.toml} and
 * what that names; {@code docs/languages.md} describes it.
 */
public final class LanguageDirectory {
  private static final String FILE = "language.toml";
  private static final String GBNF = ".gbnf";
  private static final String EXCHANGES = "exchanges";

  private final Path folder;
  private final TomlTable table;

  private LanguageDirectory(Path folder) {
    this.folder = folder;
    table = TomlTable.read(folder.resolve(FILE));
  }

  /**
   * Reads a language.
   *
   * @throws UserException if the folder describes none; it names the file, and the line if it can
   */
  public static Language read(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new UserException(
          "There is no folder %s: name one that holds a file %s.".formatted(folder, FILE));
    }
    return new LanguageDirectory(folder.toAbsolutePath().normalize()).language();
  }

  private Language language() {
    table.only(Set.of("name", "labels", "extensions", "grammar", "tests", "comments", "run"));
    String name = table.text("name").orElseThrow(() -> table.missing("name", "name = \"...\""));
    if (name.lines().count() != 1) {
      throw table.wrong("name", "\"name\" must be one line");
    }
    List<String> labels = names("labels", "[a-z][a-z0-9_+#.-]*");
    List<String> extensions = names("extensions", "[a-z0-9][a-z0-9_+-]*");
    if (!table.text("tests").orElse(EXCHANGES).equals(EXCHANGES)) {
      throw table.wrong("tests", "\"tests\" must be \"%s\"".formatted(EXCHANGES));
    }
    TomlTable run =
        table.table("run").orElseThrow(() -> table.missing("run", "[run] with a command"));
    return new Language(
        name,
        labels,
        extensions,
        table.table("comments").map(LanguageDirectory::comments).orElse(Comments.NONE),
        table.text("grammar").map(this::grammar),
        new LanguageCommand(folder, run).read(name, "program." + extensions.getFirst()));
  }

  /** A list of names in small letters, without a dot before them. */
  private List<String> names(String key, String pattern) {
    List<String> names =
        table.texts(key).orElseThrow(() -> table.missing(key, key + " = [\"...\"]")).stream()
            .map(name -> name.startsWith(".") ? name.substring(1) : name)
            .map(name -> name.toLowerCase(Locale.ROOT))
            .toList();
    if (names.isEmpty()) {
      throw table.wrong(key, "\"%s\" must name at least one".formatted(key));
    }
    for (String name : names) {
      if (!name.matches(pattern)) {
        throw table.wrong(key, "\"%s\" cannot be one of \"%s\"".formatted(name, key));
      }
    }
    return names;
  }

  private static Comments comments(TomlTable comments) {
    comments.only(Set.of("line", "block"));
    Optional<List<String>> block = comments.texts("block");
    if (block.isPresent()
        && (block.get().size() != 2 || block.get().stream().anyMatch(String::isBlank))) {
      throw comments.wrong("block", "\"block\" must be a list of two texts, the start and the end");
    }
    return new Comments(
        comments.text("line"),
        block.map(ends -> new Comments.Block(ends.getFirst(), ends.getLast())));
  }

  private GrammarSource grammar(String name) {
    Path file = folder.resolve(name);
    if (!Files.isRegularFile(file)) {
      throw table.wrong("grammar", "there is no grammar file %s".formatted(file));
    }
    GrammarSource source =
        new GrammarSource(TextFile.read(file), name.endsWith(GBNF) ? Notation.GBNF : Notation.LARK);
    try {
      source.compile();
      return source;
    } catch (GrammarException e) {
      String place = "line %d, column %d: ".formatted(e.line(), e.column());
      String message = String.valueOf(e.getMessage()).replace(place, "");
      throw new UserException("%s:%d: %s.".formatted(file, e.line(), message), e);
    }
  }
}
