package dev.mallard.generator.checkpoint;

import dev.mallard.generator.UserException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens the models that users name by a path. */
public final class Checkpoints {
  private Checkpoints() {}

  /**
   * Opens a GGUF file (known by its first bytes, whatever its name), or a Hugging Face folder.
   *
   * <p>All of the header is checked, and that every tensor of the model is there whole; no weights
   * are read yet.
   *
   * @throws UserException if the path is no model that Mallard can run; the message says why
   */
  public static Checkpoint open(Path path) {
    if (!Files.exists(path)) {
      throw new UserException("There is no model at " + path + ".");
    }
    if (Files.isDirectory(path)) {
      return HuggingFaceCheckpoint.open(path);
    }
    MappedFile file = MappedFile.open(path);
    if (GgufHeader.isGguf(file)) {
      return GgufCheckpoint.open(file);
    }
    file.close();
    throw new UserException(
        path
            + " is no model file: give a GGUF file, or a folder with config.json and"
            + " safetensors or PyTorch files.");
  }
}
