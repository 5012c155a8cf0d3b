package dev.mallard.generator.checkpoint;

import dev.mallard.generator.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A LoRA adapter as PEFT writes it: a folder with {@code adapter_config.json}, and {@code
 * adapter_model.safetensors} or {@code adapter_model.bin}.
 *
 * <p>Matrices go by the name of the base model's tensor that they are added to, such as {@code
 * model.layers.0.self_attn.q_proj.weight}. They are read when they are asked for, which is safe
 * from several threads.
 */
public final class LoraAdapter implements AutoCloseable {
  private static final String CONFIG = "adapter_config.json";
  private static final List<String> WEIGHTS =
      List.of("adapter_model.safetensors", "adapter_model.bin");
  private static final Pattern NAME =
      Pattern.compile("base_model\\.model\\.([^\\p{Cntrl}]{1,500})\\.lora_([AB])\\.weight");
  private static final int MAXIMUM_WEIGHTS = 1 << 29;

  /** The two matrices of a tensor, and what their product is multiplied with. */
  private record Pair(StoredTensor a, StoredTensor b, double scale) {}

  private final Path folder;
  private final WeightsFile file;
  private final String fingerprint;
  private final Map<String, Pair> pairs = new LinkedHashMap<>();

  private LoraAdapter(Path folder, WeightsFile file, String fingerprint) {
    this.folder = folder;
    this.file = file;
    this.fingerprint = fingerprint;
  }

  /**
   * Opens a folder, and checks that all that it holds makes one adapter.
   *
   * @throws UserException if something is missing or malformed, or the adapter computes in a way
   *     that Mallard does not support; the message says what
   */
  public static LoraAdapter open(Path folder) {
    Path config = folder.resolve(CONFIG);
    if (!Files.exists(config)) {
      throw new UserException(
          "The folder %s has no %s, so it holds no LoRA adapter.".formatted(folder, CONFIG));
    }
    LoraConfiguration configuration = LoraConfiguration.read(config);
    WeightsFile file = WeightsFile.open(weights(folder));
    boolean opened = false;
    try {
      byte[] configBytes = read(config);
      String fingerprint =
          Fingerprint.of(digest -> {
            digest.update(configBytes);
            file.digest(digest);
          });
      LoraAdapter adapter = new LoraAdapter(folder, file, fingerprint);
      adapter.pair(configuration);
      opened = true;
      return adapter;
    } finally {
      if (!opened) {
        file.close();
      }
    }
  }

  private static Path weights(Path folder) {
    return WEIGHTS.stream()
        .map(folder::resolve)
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() ->
            new UserException(
                "The folder %s has neither %s, so it holds no weights of a LoRA adapter."
                    .formatted(folder, String.join(" nor ", WEIGHTS))));
  }

  private static byte[] read(Path path) {
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new UserException("Cannot read " + path + ": " + e.getMessage() + ".", e);
    }
  }

  /** Finds the two matrices of each module. */
  private void pair(LoraConfiguration configuration) {
    Map<String, Map<String, StoredTensor>> modules = new TreeMap<>();
    file.tensors()
        .forEach((name, tensor) -> {
          Matcher matcher = NAME.matcher(name);
          if (!matcher.matches()) {
            throw new UserException(
                ("The adapter %s has the tensor %s, which is no LoRA matrix of a linear layer, so"
                        + " Mallard cannot apply it.")
                    .formatted(folder, GgufHeader.quoted(name)));
          }
          modules
              .computeIfAbsent(matcher.group(1), module -> new TreeMap<>())
              .put(matcher.group(2), tensor);
        });
    if (modules.isEmpty()) {
      throw new UserException("The adapter " + folder + " has no LoRA matrices.");
    }
    modules.forEach(
        (module, matrices) -> pairs.put(module + ".weight", pair(configuration, module, matrices)));
  }

  private Pair pair(
      LoraConfiguration configuration, String module, Map<String, StoredTensor> matrices) {
    if (!configuration.targets(module)) {
      throw new UserException(
          "The adapter %s changes %s, which is not among the target_modules of its configuration."
              .formatted(folder, GgufHeader.quoted(module)));
    }
    int rank = configuration.rank(module);
    StoredTensor a = matrix(matrices, module, "A");
    StoredTensor b = matrix(matrices, module, "B");
    if (a.rows() != rank || b.rowSize() != rank) {
      throw new UserException(
          ("The matrices of %s in the adapter %s have the shapes %s and %s, which are not of the"
                  + " rank %d that its configuration gives.")
              .formatted(GgufHeader.quoted(module), folder, a.shape(), b.shape(), rank));
    }
    return new Pair(a, b, configuration.scale(module));
  }

  private StoredTensor matrix(Map<String, StoredTensor> matrices, String module, String which) {
    StoredTensor matrix = matrices.get(which);
    if (matrix == null) {
      throw new UserException(
          "The adapter %s lacks the matrix lora_%s of %s."
              .formatted(folder, which, GgufHeader.quoted(module)));
    }
    if (matrix.shape().size() != 2 || (long) matrix.rows() * matrix.rowSize() > MAXIMUM_WEIGHTS) {
      throw new UserException(
          "The matrix lora_%s of %s in the adapter %s has the absurd shape %s."
              .formatted(which, GgufHeader.quoted(module), folder, matrix.shape()));
    }
    return matrix;
  }

  /** The base model's tensors that the adapter changes. */
  public Set<String> tensorNames() {
    return Collections.unmodifiableSet(pairs.keySet());
  }

  /**
   * Reads what is added to a tensor of the base model.
   *
   * <p>Its size is bounded only by the adapter's file until {@link #check} has compared it with the
   * base model.
   *
   * @return empty if the adapter leaves the tensor as it is
   * @throws UserException if the file was cut short since it was opened
   */
  public Optional<LowRankUpdate> update(String tensor) {
    return Optional.ofNullable(pairs.get(tensor))
        .map(pair ->
            new LowRankUpdate(
                pair.a().rows(),
                pair.scale(),
                pair.a().rowSize(),
                pair.b().rows(),
                read(pair.a()),
                read(pair.b())));
  }

  private static float[] read(StoredTensor matrix) {
    float[] weights = new float[matrix.rows() * matrix.rowSize()];
    matrix.read(0, matrix.rows(), weights, 0);
    return weights;
  }

  /**
   * Checks that a base model has every tensor that the adapter changes, in the same shape.
   *
   * @throws UserException if it has not
   */
  public void check(Checkpoint base) {
    pairs.forEach((name, pair) -> {
      if (!base.tensorNames().contains(name)) {
        throw new UserException(
            "The adapter %s changes the tensor %s, which the model lacks; use it with its own base"
                    .formatted(folder, GgufHeader.quoted(name))
                + " model.");
      }
      List<Integer> adapted = List.of(pair.b().rows(), pair.a().rowSize());
      if (!Objects.equals(base.shape(name), adapted)) {
        throw new UserException(
            ("The adapter %s changes the tensor %s of the shape %s, which has the shape %s in the"
                    + " model; use it with its own base model.")
                .formatted(folder, GgufHeader.quoted(name), adapted, base.shape(name)));
      }
    });
  }

  /** Names the content: equal for equal files, different after any change to them. */
  public String fingerprint() {
    return fingerprint;
  }

  @Override
  public void close() {
    file.close();
  }
}
