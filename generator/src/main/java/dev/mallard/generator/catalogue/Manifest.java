package dev.mallard.generator.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is kept beside a downloaded model, as {@code manifest.json}: where it came from and what its
 * files are.
 *
 * @param name of the model, as the user says it
 * @param origin where it came from, for people
 * @param version commit or version at the origin
 * @param checkpoint file to load, or empty for the whole folder
 * @param files all of them
 */
record Manifest(
    String name, String origin, String version, String checkpoint, List<StoredFile> files) {
  static final String FILE = "manifest.json";
  private static final Logger LOG = LoggerFactory.getLogger(Manifest.class);
  private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  /** A file that was verified when it came. */
  record StoredFile(String name, long size, String sha256) {}

  Manifest {
    files = List.copyOf(files);
  }

  long bytes() {
    return files.stream().mapToLong(StoredFile::size).sum();
  }

  void write(Path folder) throws IOException {
    ObjectNode json = JsonMapper.shared().createObjectNode();
    json.put("name", name).put("origin", origin).put("version", version);
    json.put("checkpoint", checkpoint);
    ArrayNode array = json.putArray("files");
    for (StoredFile file : files) {
      array
          .addObject()
          .put("name", file.name())
          .put("size", file.size())
          .put("sha256", file.sha256());
    }
    Path temporary = folder.resolve(FILE + ".partial");
    Files.writeString(temporary, json.toPrettyString() + "\n");
    FileDownloader.move(temporary, folder.resolve(FILE));
  }

  /** Reads a folder's manifest; empty if it has none, or its files are not all there. */
  static Optional<Manifest> read(Path folder) {
    Path path = folder.resolve(FILE);
    try {
      if (!Files.isRegularFile(path)) {
        return Optional.empty();
      }
      JsonNode json = JsonMapper.shared().readTree(Files.readAllBytes(path));
      List<StoredFile> files = new ArrayList<>();
      for (JsonNode file : json.path("files")) {
        StoredFile stored =
            new StoredFile(
                file.path("name").asString(""),
                file.path("size").asLong(-1),
                file.path("sha256").asString(""));
        Path there = folder.resolve(stored.name());
        if (!FILE_NAME.matcher(stored.name()).matches()
            || !Files.isRegularFile(there)
            || Files.size(there) != stored.size()) {
          LOG.warn("{} is not as its manifest says", there);
          return Optional.empty();
        }
        files.add(stored);
      }
      String checkpoint = json.path("checkpoint").asString("");
      if (files.isEmpty()
          || (!checkpoint.isEmpty()
              && files.stream().noneMatch(file -> file.name().equals(checkpoint)))) {
        return Optional.empty();
      }
      return Optional.of(
          new Manifest(
              json.path("name").asString(""),
              json.path("origin").asString(""),
              json.path("version").asString(""),
              checkpoint,
              files));
    } catch (IOException | JacksonException e) {
      LOG.warn("cannot read {}", path, e);
      return Optional.empty();
    }
  }
}
