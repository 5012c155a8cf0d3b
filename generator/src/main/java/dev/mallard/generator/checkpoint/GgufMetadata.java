package dev.mallard.generator.checkpoint;

import dev.mallard.generator.UserException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The key-value part of a GGUF file: hyperparameters, vocabulary, chat template.
 *
 * <p>A key of another type than was asked for is a corrupt file, and a {@link UserException}.
 *
 * <p>Source: the GGUF specification in ggml's {@code docs/gguf.md}.
 */
public final class GgufMetadata {
  private final Path path;
  private final Map<String, Object> values;

  /**
   * Takes values as a reader found them.
   *
   * @param values by key: {@link Long}, {@link Double}, {@link Boolean}, {@link String}, or a
   *     {@link List} of one of these
   */
  GgufMetadata(Path path, Map<String, Object> values) {
    this.path = path;
    this.values = Map.copyOf(values);
  }

  /**
   * Reads the metadata of a GGUF file.
   *
   * @throws UserException if the file is missing or no valid GGUF file
   */
  public static GgufMetadata read(Path path) {
    try (MappedFile file = MappedFile.open(path)) {
      return GgufHeader.read(file).metadata();
    }
  }

  /** The file that these are of. */
  public Path path() {
    return path;
  }

  /** All keys. */
  public Set<String> keys() {
    return values.keySet();
  }

  /** A text. */
  public Optional<String> string(String key) {
    return value(key, String.class, "a text");
  }

  /** A whole number. */
  public OptionalLong integer(String key) {
    return value(key, Long.class, "a whole number").stream().mapToLong(Long::longValue).findFirst();
  }

  /** A number with a fraction; a whole number will do. */
  public OptionalDouble number(String key) {
    return value(key, Number.class, "a number").stream()
        .mapToDouble(Number::doubleValue)
        .findFirst();
  }

  /** A truth value. */
  public Optional<Boolean> flag(String key) {
    return value(key, Boolean.class, "a truth value");
  }

  /** A list of texts; empty where the file has none of this key. */
  public List<String> strings(String key) {
    return list(key, String.class, "texts");
  }

  /** A list of numbers; empty where the file has none of this key. */
  public List<Number> numbers(String key) {
    return list(key, Number.class, "numbers");
  }

  private <T> Optional<T> value(String key, Class<T> type, String what) {
    Optional<Object> value = Optional.ofNullable(values.get(key));
    if (value.isPresent() && !type.isInstance(value.get())) {
      throw corrupt(key + " is not " + what);
    }
    return value.map(type::cast);
  }

  private <T> List<T> list(String key, Class<T> type, String what) {
    List<?> list = value(key, List.class, "a list").orElse(List.of());
    if (!list.stream().allMatch(type::isInstance)) {
      throw corrupt(key + " is not a list of " + what);
    }
    return list.stream().map(type::cast).toList();
  }

  /** The error of a file whose metadata makes no sense. */
  public UserException corrupt(String what) {
    return GgufHeader.corrupt(path, what);
  }
}
