package dev.mallard.generator.checkpoint;

import dev.mallard.generator.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * A Hugging Face folder: {@code config.json}, and {@code model.safetensors} or several such files
 * that {@code model.safetensors.index.json} names; where it has neither, {@code pytorch_model.bin}
 * or the files of its index.
 */
final class HuggingFaceCheckpoint implements Checkpoint {
  private static final List<String> WEIGHTS = List.of("model.safetensors", "pytorch_model.bin");
  private static final List<String> SETTINGS = List.of("config.json", "generation_config.json");
  private static final int MAXIMUM_INDEX = 1 << 26;

  private final Path folder;
  private final ModelConfiguration configuration;
  private final List<WeightsFile> files = new ArrayList<>();
  private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();

  private HuggingFaceCheckpoint(Path folder, ModelConfiguration configuration) {
    this.folder = folder;
    this.configuration = configuration;
  }

  /** Opens a folder. */
  static Checkpoint open(Path folder) {
    HuggingFaceCheckpoint checkpoint =
        new HuggingFaceCheckpoint(folder, HuggingFaceConfiguration.read(folder));
    boolean opened = false;
    try {
      for (String name : checkpoint.fileNames()) {
        checkpoint.add(folder.resolve(name));
      }
      ConfigurationCheck.checkTensors(checkpoint, folder);
      opened = true;
      return checkpoint;
    } finally {
      if (!opened) {
        checkpoint.close();
      }
    }
  }

  private Set<String> fileNames() {
    for (String name : WEIGHTS) {
      if (Files.exists(folder.resolve(name))) {
        return Set.of(name);
      }
      Path index = folder.resolve(name + ".index.json");
      if (Files.exists(index)) {
        return shards(index, name.substring(name.lastIndexOf('.')));
      }
    }
    throw new UserException(
        ("The folder %s has neither model.safetensors nor pytorch_model.bin, nor an index of"
                + " several such files, so it holds no weights that Mallard reads.")
            .formatted(folder));
  }

  private static Set<String> shards(Path index, String extension) {
    Set<String> names = new TreeSet<>();
    for (JsonNode name : JsonFiles.readObject(index, MAXIMUM_INDEX).path("weight_map")) {
      if (!name.asString("").matches("[\\w.-]{1,255}" + Pattern.quote(extension))) {
        throw new UserException(index + " is malformed: it names a file that cannot be a shard.");
      }
      names.add(name.asString());
    }
    if (names.isEmpty()) {
      throw new UserException(index + " is malformed: it names no files.");
    }
    return names;
  }

  private void add(Path path) {
    WeightsFile file = WeightsFile.open(path);
    files.add(file);
    file.tensors()
        .forEach((name, tensor) -> {
          if (tensors.put(name, tensor) != null) {
            throw new UserException(
                "Two files of " + folder + " have the tensor " + GgufHeader.quoted(name) + ".");
          }
        });
  }

  @Override
  public ModelConfiguration configuration() {
    return configuration;
  }

  @Override
  public Set<String> tensorNames() {
    return Collections.unmodifiableSet(tensors.keySet());
  }

  @Override
  public List<Integer> shape(String tensor) {
    return find(tensor).shape();
  }

  @Override
  public void readRows(String tensor, int firstRow, int rowCount, float[] destination) {
    find(tensor).read(firstRow, rowCount, destination, 0);
  }

  private StoredTensor find(String tensor) {
    return Optional.ofNullable(tensors.get(tensor))
        .orElseThrow(() -> new UserException(folder + " has no tensor " + tensor + "."));
  }

  @Override
  public String fingerprint() {
    return Fingerprint.of(digest -> {
      for (String name : SETTINGS) {
        Path path = folder.resolve(name);
        digest.update((byte) (Files.exists(path) ? 1 : 0));
        if (Files.exists(path)) {
          digest.update(read(path));
        }
      }
      files.forEach(file -> file.digest(digest));
    });
  }

  private static byte[] read(Path path) {
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new UserException("Cannot read " + path + ": " + e.getMessage() + ".", e);
    }
  }

  @Override
  public void close() {
    files.forEach(WeightsFile::close);
  }
}
