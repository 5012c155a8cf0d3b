package dev.mallard.generator.checkpoint;

import dev.mallard.generator.UserException;
import dev.mallard.generator.checkpoint.ModelConfiguration.Architecture;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A GGUF file.
 *
 * <p>llama.cpp stores the query and key projections of the {@code llama} and {@code granite}
 * architectures with their rows in another order, for rotary positions that turn neighbouring
 * dimensions; here the rows are read in the order that turns dimension {@code i} with {@code i +
 * headSize / 2}.
 */
final class GgufCheckpoint implements Checkpoint {
  private final MappedFile file;
  private final GgufHeader header;
  private final ModelConfiguration configuration;
  private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();

  private GgufCheckpoint(MappedFile file) {
    this.file = file;
    header = GgufHeader.read(file);
    configuration = GgufConfiguration.read(header);
    header.tensors().forEach(this::add);
  }

  private void add(String name, StoredTensor tensor) {
    List<String> names =
        GgufNames.toHuggingFace(name, configuration.architecture(), tensor.shape().getFirst());
    if (names.size() == 1 && tensor.shape().size() <= 2) {
      tensors.put(names.getFirst(), tensor);
    } else if (tensor.shape().size() == 3) {
      for (int part = 0; part < names.size(); part++) {
        tensors.put(names.get(part), tensor.part(part));
      }
    }
  }

  /** Reads a file, which is closed with the checkpoint, or at once where it is of no use. */
  static Checkpoint open(MappedFile file) {
    boolean opened = false;
    try {
      GgufCheckpoint checkpoint = new GgufCheckpoint(file);
      ConfigurationCheck.checkTensors(checkpoint, file.path());
      opened = true;
      return checkpoint;
    } finally {
      if (!opened) {
        file.close();
      }
    }
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
    StoredTensor stored = find(tensor);
    if (!interleaved(tensor)) {
      stored.read(firstRow, rowCount, destination, 0);
      return;
    }
    Objects.checkFromIndexSize(firstRow, rowCount, stored.rows());
    for (int i = 0; i < rowCount; i++) {
      stored.read(storedRow(firstRow + i), 1, destination, i * stored.rowSize());
    }
  }

  private boolean interleaved(String tensor) {
    return (configuration.architecture() == Architecture.LLAMA
            || configuration.architecture() == Architecture.GRANITE)
        && (tensor.endsWith(".q_proj.weight") || tensor.endsWith(".k_proj.weight"));
  }

  /** Which row of the file is row {@code row} of Hugging Face's order. */
  private int storedRow(int row) {
    int half = configuration.attention().headSize() / 2;
    int inHead = row % configuration.attention().headSize();
    return row - inHead + inHead % half * 2 + inHead / half;
  }

  private StoredTensor find(String tensor) {
    return Optional.ofNullable(tensors.get(tensor))
        .orElseThrow(() -> new UserException(file.path() + " has no tensor " + tensor + "."));
  }

  @Override
  public String fingerprint() {
    return Fingerprint.of(digest -> file.digest(digest, header.bytes()));
  }

  @Override
  public void close() {
    file.close();
  }
}
