package dev.mallard.generator.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mallard.generator.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PyTorchFileTest {
  private static final Path REFERENCES = Path.of("../../shared/goldens");

  @TempDir private Path folder;

  /** A file that CPython's pickle wrote: four types, views into storages, tied weights. */
  @ParameterizedTest
  @ValueSource(strings = {"model-protocol-2.bin", "model-protocol-4.bin"})
  void readsAModel(String resource) throws IOException {
    writeModel(resource(resource));
    try (Checkpoint checkpoint = Checkpoints.open(folder)) {
      assertThat(checkpoint.tensorNames()).hasSize(12).doesNotContain("count");
      for (String name : checkpoint.tensorNames()) {
        float[] weights = all(checkpoint, name);
        for (int i = 0; i < weights.length; i++) {
          assertThat(weights[i]).as(name).isEqualTo(i);
        }
      }
      float[] rows = new float[16];
      checkpoint.readRows("model.layers.0.self_attn.q_proj.weight", 2, 2, rows);
      assertThat(rows).startsWith(16, 17).endsWith(30, 31);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "qwen2", "llama3-rope"})
  void readsTheSameWeightsAsFromSafetensors(String reference)
      throws IOException, InterruptedException {
    Path source = REFERENCES.resolve(reference);
    assumeTrue(Files.isDirectory(source), "the reference checkpoints are not on this machine");
    Path script = folder.resolve("torch_save.py");
    Files.write(script, resource("torch_save.py"));
    Files.copy(source.resolve("config.json"), folder.resolve("config.json"));
    assumeTrue(
        runs(
            "python3",
            script.toString(),
            "convert",
            source.resolve("model.safetensors").toString(),
            folder.resolve("pytorch_model.bin").toString()),
        "there is no python3 on this machine");
    try (Checkpoint expected = Checkpoints.open(source);
        Checkpoint actual = Checkpoints.open(folder)) {
      assertThat(actual.tensorNames()).isEqualTo(expected.tensorNames()).isNotEmpty();
      for (String name : expected.tensorNames()) {
        assertThat(actual.shape(name)).isEqualTo(expected.shape(name));
        int[] bits = bits(all(actual, name));
        assertThat(bits).as(name).isEqualTo(bits(all(expected, name)));
      }
    }
  }

  @Test
  void readsShardsAndPrefersSafetensors() throws IOException {
    Files.writeString(folder.resolve("config.json"), SafetensorsBuilder.CONFIG);
    Files.write(folder.resolve("pytorch_model-1.bin"), resource("model-protocol-2.bin"));
    Path index = folder.resolve("pytorch_model.bin.index.json");
    Files.writeString(index, "{\"weight_map\": {\"x\": \"pytorch_model-1.bin\"}}");
    try (Checkpoint checkpoint = Checkpoints.open(folder)) {
      assertThat(checkpoint.tensorNames()).hasSize(12);
    }
    Files.writeString(index, "{\"weight_map\": {\"x\": \"model.safetensors\"}}");
    assertThatThrownBy(() -> Checkpoints.open(folder)).hasMessageContaining("cannot be a shard");

    Files.write(folder.resolve("model.safetensors"), SafetensorsBuilder.llama().build());
    try (Checkpoint checkpoint = Checkpoints.open(folder)) {
      assertThat(checkpoint.tensorNames()).hasSize(12);
    }
  }

  @Test
  void theFingerprintTellsFilesApart() throws IOException {
    byte[] model = resource("model-protocol-2.bin");
    writeModel(model);
    String fingerprint = fingerprint();
    assertThat(fingerprint()).isEqualTo(fingerprint);
    model[2000] ^= 1; // Within the first storage.
    writeModel(model);
    assertThat(fingerprint()).isNotEqualTo(fingerprint);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void readsAViewIntoAStorage(boolean zip64) throws IOException {
    PyTorchBuilder builder = tensor(20, 6, new long[] {1, 3, 4}, new long[] {99, 4, 1});
    try (PyTorchFile file = open(zip64 ? builder.zip64() : builder)) {
      StoredTensor tensor = Objects.requireNonNull(file.tensors().get("x"));
      assertThat(tensor.shape()).containsExactly(1, 3, 4);
      float[] weights = new float[8];
      tensor.read(1, 2, weights, 0);
      assertThat(weights).containsExactly(10, 11, 12, 13, 14, 15, 16, 17);
    }
  }

  @Test
  void leavesOutTensorsThatHaveNoWeights() throws IOException {
    PyTorchBuilder builder = tensor(20, 0, new long[] {0, 5}, new long[] {5, 1});
    try (PyTorchFile file = open(builder)) {
      assertThat(file.tensors()).isEmpty();
    }
  }

  @Test
  void refusesTensorsThatReachOverTheirStorage() {
    refuses(tensor(20, 9, new long[] {3, 4}, new long[] {4, 1}), "x reaches over its storage");
    refuses(tensor(21, 0, new long[] {3, 4}, new long[] {4, 1}), "x reaches over its storage");
    refuses(tensor(20, -1, new long[] {3, 4}, new long[] {4, 1}), "x reaches over its storage");
    refuses(tensor(-1, 0, new long[] {3, 4}, new long[] {4, 1}), "x reaches over its storage");
    refuses(
        tensor(Long.MAX_VALUE, Long.MAX_VALUE, new long[] {3, 4}, new long[] {4, 1}), "reaches");
    refuses(
        PyTorchBuilder.tensor("FloatStorage", 20, 0, new long[] {4}, new long[] {1}), "missing");
  }

  @Test
  void refusesShapesAndStridesThatItDoesNotRead() {
    refuses(tensor(20, 0, new long[] {3, 4}, new long[] {1, 3}), "x", "row by row", "contiguous()");
    refuses(tensor(20, 0, new long[] {3, 4}, new long[] {0, 1}), "row by row");
    refuses(tensor(20, 0, new long[] {3, 4}, new long[] {1}), "shape of x is absurd");
    refuses(tensor(20, 0, new long[] {-3}, new long[] {1}), "shape of x is absurd");
    refuses(tensor(20, 0, new long[] {1L << 40}, new long[] {1}), "shape of x is absurd");
    refuses(tensor(20, 0, new long[] {1 << 16, 1 << 16, 1}, new long[] {1 << 16, 1, 1}), "absurd");
    long[] many = new long[100];
    refuses(tensor(20, 0, many, many), "list of tensors is malformed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"LongStorage", "BoolStorage", "QInt8Storage", "ComplexFloatStorage"})
  void refusesOtherTypes(String type) {
    refuses(
        PyTorchBuilder.tensor(type, 4, 0, new long[] {4}, new long[] {1}).floats("data/0", 20),
        "x",
        type,
        "float32");
  }

  @Test
  void refusesOtherFormats() throws IOException {
    refuses(PyTorchBuilder.bytes("\u0080\2\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019."), "1.6");
    byte[] tar = new byte[1024];
    System.arraycopy(PyTorchBuilder.bytes("ustar"), 0, tar, 257, 5);
    refuses(tar, "before version 1.6");
    refuses(PyTorchBuilder.bytes("version https://git-lfs.github.com/spec/v1"), "no PyTorch file");
    refuses(PyTorchBuilder.of("}.").deflated(), "compressed");
    refuses(PyTorchBuilder.of("}.").encrypted(), "encrypted");
    refuses(
        PyTorchBuilder.of("}.").entry("byteorder", PyTorchBuilder.bytes("big")), "little-endian");
    refuses(new PyTorchBuilder().entry("x", new byte[1]), "0 lists of tensors");
    refuses(PyTorchBuilder.of("}.").entry("a/data.pkl", new byte[1]), "2 lists of tensors");
    refuses(PyTorchBuilder.of("}.").zip64WithLost(8), "large entry");
    byte[] model = resource("model-protocol-2.bin");
    for (int length = 0; length < model.length; length += 97) {
      refuses(Arrays.copyOf(model, length), "");
    }
  }

  private static PyTorchBuilder tensor(long numel, long offset, long[] shape, long[] strides) {
    return PyTorchBuilder.tensor("FloatStorage", numel, offset, shape, strides)
        .floats("data/0", 20);
  }

  static byte[] resource(String name) throws IOException {
    try (InputStream stream = PyTorchFileTest.class.getResourceAsStream("pytorch/" + name)) {
      return Objects.requireNonNull(stream).readAllBytes();
    }
  }

  private static boolean runs(String... command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).inheritIO().start();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static float[] all(Checkpoint checkpoint, String name) {
    List<Integer> shape = checkpoint.shape(name);
    int rows = shape.size() == 1 ? 1 : shape.getFirst();
    float[] weights = new float[rows * shape.getLast()];
    checkpoint.readRows(name, 0, rows, weights);
    return weights;
  }

  private static int[] bits(float[] weights) {
    int[] bits = new int[weights.length];
    Arrays.setAll(bits, i -> Float.floatToRawIntBits(weights[i]));
    return bits;
  }

  private void writeModel(byte[] weights) throws IOException {
    Files.writeString(folder.resolve("config.json"), SafetensorsBuilder.CONFIG);
    Files.write(folder.resolve("pytorch_model.bin"), weights);
  }

  private String fingerprint() {
    try (Checkpoint checkpoint = Checkpoints.open(folder)) {
      return checkpoint.fingerprint();
    }
  }

  private PyTorchFile open(PyTorchBuilder builder) throws IOException {
    return PyTorchFile.open(Files.write(folder.resolve("x.bin"), builder.build()));
  }

  private void refuses(PyTorchBuilder builder, String... parts) {
    refuses(builder.build(), parts);
  }

  private void refuses(byte[] content, String... parts) {
    assertThatThrownBy(() -> PyTorchFile.open(Files.write(folder.resolve("x.bin"), content)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("x.bin")
        .hasMessageEndingWith(".")
        .hasMessageContainingAll(parts);
  }
}
