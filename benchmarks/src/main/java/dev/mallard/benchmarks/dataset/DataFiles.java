package dev.mallard.benchmarks.dataset;

import dev.mallard.generator.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds the files of a data set in what users name, and reads them.
 *
 * @param dataSet its name
 * @param data the file or the folder that the user named
 */
record DataFiles(String dataSet, Path data) {
  /**
   * The files of a data set.
   *
   * @param data what the user named
   * @throws UserException if nothing was named, or there is nothing of that name
   */
  static DataFiles of(DataSetInfo info, Optional<Path> data) {
    String dataSet = info.name();
    if (data.isEmpty()) {
      throw new UserException(
          info.files().isEmpty()
              ? "The files of %s are not here: get them from where %s points to, and name them with --data."
                  .formatted(dataSet, info.source())
              : "The files of %s are not here: get them with 'mallard bench fetch %s', or name them with --data."
                  .formatted(dataSet, dataSet));
    }
    if (Files.notExists(data.get())) {
      throw new UserException(
          "There is no file or folder %s: name the one that holds %s with --data."
              .formatted(data.get(), dataSet));
    }
    return new DataFiles(dataSet, data.get());
  }

  /** Whether the user named a file. */
  boolean isFile() {
    return Files.isRegularFile(data);
  }

  /**
   * The file that was named, or the first of some that is in the folder that was named.
   *
   * @param folder in which the files may be within that folder
   * @param names what the file may be called
   * @throws UserException if none of them is there
   */
  Path file(String folder, String... names) {
    return isFile() ? data : fileInFolder(folder, names);
  }

  /** The same, in the folder of the file if a file was named. */
  Path fileInFolder(String folder, String... names) {
    Path place = isFile() ? Objects.requireNonNull(data.toAbsolutePath().getParent()) : data;
    for (String name : names) {
      for (Path file : List.of(place.resolve(name), place.resolve(folder).resolve(name))) {
        if (Files.isRegularFile(file)) {
          return file;
        }
      }
    }
    throw new UserException(
        "%s has no file %s, which %s is read from: name the folder that has it with --data."
            .formatted(place, names[0], dataSet));
  }

  /** The objects in a file that has one on each line. */
  List<DataRow> rows(Path file) {
    try {
      return rows(file, JsonLines.read(file));
    } catch (IOException e) {
      throw unreadable(file, e);
    } catch (JacksonException e) {
      throw malformed(file, "it has no JSON on each line", e);
    }
  }

  /** The objects in a file that is a list of them. */
  List<DataRow> list(Path file) {
    try {
      JsonNode list = JsonMapper.shared().readTree(JsonLines.text(file));
      if (!list.isArray()) {
        throw malformed(file, "it is no list in JSON", null);
      }
      return rows(file, list);
    } catch (IOException e) {
      throw unreadable(file, e);
    } catch (JacksonException e) {
      throw malformed(file, "it is no JSON", e);
    }
  }

  /** The text of a file. */
  String text(Path file) {
    try {
      return JsonLines.text(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private List<DataRow> rows(Path file, Iterable<JsonNode> nodes) {
    List<DataRow> rows = new ArrayList<>();
    for (JsonNode node : nodes) {
      rows.add(new DataRow(this, file, rows.size() + 1, node));
    }
    if (rows.isEmpty()) {
      throw malformed(file, "it is empty", null);
    }
    return rows;
  }

  private UserException unreadable(Path file, IOException cause) {
    return new UserException(
        "%s cannot be read (%s): name another file of %s with --data."
            .formatted(file, cause.getMessage(), dataSet),
        cause);
  }

  /** What to say of a file that is another one than was expected. */
  UserException malformed(Path file, String why, @Nullable Exception cause) {
    return new UserException(
        "%s is not the file of %s: %s; name another with --data.".formatted(file, dataSet, why),
        cause);
  }
}
