package dev.mallard.generator.checkpoint;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Map;

/** A file that holds named tensors, and nothing about the model. */
sealed interface WeightsFile extends AutoCloseable permits SafetensorsFile, PyTorchFile {

  /**
   * Opens a file of PyTorch if its name ends in {@code .bin}, else a safetensors file, and checks
   * where each tensor lies; no weights are read yet.
   *
   * @throws dev.mallard.generator.UserException if it is missing, corrupt, or of another format
   */
  static WeightsFile open(Path path) {
    return path.toString().endsWith(".bin") ? PyTorchFile.open(path) : SafetensorsFile.open(path);
  }

  /** Tensors by the names that the file gives them. */
  Map<String, StoredTensor> tensors();

  /** Adds to a digest what tells the file from others, without reading all of its bytes. */
  void digest(MessageDigest digest);

  @Override
  void close();
}
