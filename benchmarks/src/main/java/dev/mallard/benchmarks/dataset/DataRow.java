package dev.mallard.benchmarks.dataset;

import dev.mallard.generator.UserException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * An object in a file of a data set, and its fields.
 *
 * @param number which one it is in the file, from 1
 */
record DataRow(DataFiles files, Path file, int number, JsonNode node) {
  /**
   * A text.
   *
   * @throws UserException if the object has no such text
   */
  String text(String field) {
    JsonNode value = node.path(field);
    if (!value.isString()) {
      throw lacks("text", field);
    }
    return value.asString();
  }

  /** A whole number. */
  int number(String field) {
    JsonNode value = node.path(field);
    if (!value.isInt()) {
      throw lacks("whole number", field);
    }
    return value.asInt();
  }

  /** A list of texts. */
  List<String> texts(String field) {
    JsonNode list = node.path(field);
    if (!list.isArray()) {
      throw lacks("list", field);
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode element : list) {
      if (!element.isString()) {
        throw lacks("list of texts", field);
      }
      texts.add(element.asString());
    }
    return texts;
  }

  private UserException lacks(String kind, String field) {
    return files.malformed(file, "entry %d has no %s \"%s\"".formatted(number, kind, field), null);
  }
}
