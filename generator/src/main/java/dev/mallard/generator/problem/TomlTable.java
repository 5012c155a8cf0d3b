package dev.mallard.generator.problem;

import dev.mallard.generator.UserException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/** A table of a TOML file; what is wrong in it is a {@link UserException} that names the line. */
final class TomlTable {
  private static final TomlMapper TOML = new TomlMapper();

  private final Path file;
  private final List<String> lines;
  private final JsonNode node;
  private final Optional<String> name;

  private TomlTable(Path file, List<String> lines, JsonNode node, Optional<String> name) {
    this.file = file;
    this.lines = lines;
    this.node = node;
    this.name = name;
  }

  /**
   * Reads a file.
   *
   * @throws UserException if there is no such file, it cannot be read, or is no TOML
   */
  static TomlTable read(Path file) {
    String text = TextFile.read(file);
    try {
      return new TomlTable(file, text.lines().toList(), TOML.readTree(text), Optional.empty());
    } catch (JacksonException e) {
      String message = e.getOriginalMessage().lines().findFirst().orElse("").strip();
      throw new UserException(
          "%s:%d: this is no TOML: %s."
              .formatted(file, Math.max(1, e.getLocation().getLineNr()), message),
          e);
    }
  }

  /** Refuses all keys but these. */
  TomlTable only(Set<String> known) {
    for (String key : node.propertyNames()) {
      if (!known.contains(key)) {
        throw wrong(
            key, "\"%s\" is none of %s".formatted(key, String.join(", ", new TreeSet<>(known))));
      }
    }
    return this;
  }

  Optional<TomlTable> table(String key) {
    Optional<JsonNode> table = value(key);
    if (table.isPresent() && !table.get().isObject()) {
      throw wrong(key, "\"%s\" must be a table, [%s]".formatted(key, key));
    }
    return table.map(found -> new TomlTable(file, lines, found, Optional.of(key)));
  }

  Optional<String> text(String key) {
    Optional<JsonNode> text = value(key);
    if (text.isPresent() && (!text.get().isString() || text.get().asString().isBlank())) {
      throw wrong(key, "\"%s\" must be a text".formatted(key));
    }
    return text.map(JsonNode::asString);
  }

  Optional<List<String>> texts(String key) {
    Optional<JsonNode> list = value(key);
    if (list.isPresent()
        && !(list.get().isArray() && list.get().valueStream().allMatch(JsonNode::isString))) {
      throw wrong(key, "\"%s\" must be a list of texts".formatted(key));
    }
    return list.map(texts -> texts.valueStream().map(JsonNode::asString).toList());
  }

  OptionalInt number(String key, int least, int most) {
    Optional<JsonNode> number = value(key);
    if (number.isEmpty()) {
      return OptionalInt.empty();
    }
    JsonNode found = number.get();
    if (!found.isInt() || found.asInt() < least || found.asInt() > most) {
      throw wrong(key, "\"%s\" must be a whole number from %d to %d".formatted(key, least, most));
    }
    return OptionalInt.of(found.asInt());
  }

  private Optional<JsonNode> value(String key) {
    return Optional.ofNullable(node.get(key));
  }

  /** Says that a key is missing. */
  UserException missing(String key, String example) {
    String where = name.map(table -> " in [" + table + "]").orElse("");
    return new UserException(
        "%s: \"%s\" is missing%s: add %s.".formatted(file, key, where, example));
  }

  /** Says that the value of a key is wrong. */
  UserException wrong(String key, String what) {
    String line = line(key).stream().mapToObj(number -> ":" + number).findFirst().orElse("");
    return new UserException("%s%s: %s.".formatted(file, line, what));
  }

  /** Where a key of this table stands: the parser does not tell. */
  private OptionalInt line(String key) {
    String quoted = "[\"']?" + Pattern.quote(key) + "[\"']?";
    Pattern entry =
        Pattern.compile("\\s*(?:%s\\s*[=.].*|\\[\\s*%s\\s*].*)".formatted(quoted, quoted));
    int start = 0;
    if (name.isPresent()) {
      Pattern header = Pattern.compile("\\s*\\[\\s*" + Pattern.quote(name.get()) + "\\s*].*");
      while (start < lines.size() && !header.matcher(lines.get(start)).matches()) {
        start++;
      }
    }
    for (int index = start; index < lines.size(); index++) {
      if (entry.matcher(lines.get(index)).matches()) {
        return OptionalInt.of(index + 1);
      }
    }
    return OptionalInt.empty();
  }
}
