package dev.mallard.generator.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.generator.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** Whatever is done to a file, it is read or refused with a sentence, and nothing else happens. */
class HostileFilesTest {
  private static final byte[] GGUF = GgufBuilder.llama().build();
  private static final byte[] SAFETENSORS = SafetensorsBuilder.llama().build();
  private static final byte[] PYTORCH = pyTorch();
  private static @Nullable Path folder;

  @BeforeContainer
  static void makeFolder() throws IOException {
    folder = Files.createTempDirectory("hostile");
    Files.writeString(folder().resolve("config.json"), SafetensorsBuilder.CONFIG);
  }

  @AfterContainer
  static void deleteFolder() throws IOException {
    for (String name :
        new String[] {"config.json", "model.gguf", "model.safetensors", "model.bin"}) {
      Files.deleteIfExists(folder().resolve(name));
    }
    Files.deleteIfExists(folder());
  }

  private static Path folder() {
    return Objects.requireNonNull(folder);
  }

  @Property(tries = 100)
  void aTruncatedGgufIsRefused(@ForAll @IntRange(max = 100_000) int length) throws IOException {
    int cut = length % (GGUF.length - 32); // The last tensor may be followed by padding.
    assertThat(readsGguf(Arrays.copyOf(GGUF, cut))).isFalse();
  }

  @Property(tries = 400)
  void aGgufWithFlippedBytesIsReadOrRefused(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int flips) throws IOException {
    readsGguf(flipped(GGUF, 1000, seed, flips));
  }

  @Property(tries = 100)
  void truncatedSafetensorsAreRefused(@ForAll @IntRange(max = 100_000) int length)
      throws IOException {
    assertThat(readsSafetensors(Arrays.copyOf(SAFETENSORS, length % SAFETENSORS.length))).isFalse();
  }

  @Property(tries = 400)
  void safetensorsWithFlippedBytesAreReadOrRefused(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int flips) throws IOException {
    readsSafetensors(flipped(SAFETENSORS, 1400, seed, flips));
  }

  @Property(tries = 100)
  void aTruncatedPyTorchFileIsRefused(@ForAll @IntRange(max = 100_000) int length)
      throws IOException {
    assertThat(readsPyTorch(Arrays.copyOf(PYTORCH, length % PYTORCH.length))).isFalse();
  }

  /** Flips bytes of the pickle or of the zip's directory, which lie at the file's two ends. */
  @Property(tries = 1500)
  void aPyTorchFileWithFlippedBytesIsReadOrRefused(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int flips) throws IOException {
    readsPyTorch(flipped(PYTORCH, 1600, seed, flips));
    byte[] changed = PYTORCH.clone();
    Random random = new Random(seed);
    for (int i = 0; i < flips; i++) {
      changed[changed.length - 1 - random.nextInt(2300)] = (byte) random.nextInt();
    }
    readsPyTorch(changed);
  }

  @Property(tries = 3000)
  void anyPickleIsReadOrRefused(
      @ForAll @Size(max = 60) List<@From("instructions") String> instructions) throws IOException {
    readsPyTorch(PyTorchBuilder.of(String.join("", instructions)).floats("data/0", 8).build());
  }

  @Provide
  static Arbitrary<String> instructions() {
    return Arbitraries.oneOf(
        Arbitraries.integers().between(0, 255).map(code -> String.valueOf((char) (int) code)),
        Arbitraries.of("(", ")", "}", "]", "N", "t", "R", "s", "u", "e", "a", "b", "Q", "q\0"),
        Arbitraries.of("h\0", "\u0085", "\u0086", "K\1", "K\4", "ccollections\nOrderedDict\n"),
        Arbitraries.of("ctorch\nFloatStorage\n", "ctorch._utils\n_rebuild_tensor_v2\n", "."),
        Arbitraries.of("storage", "0", "x").map(PyTorchBuilder::string),
        Arbitraries.just(
            PyTorchBuilder.item("x", "FloatStorage", 8, 0, new long[] {2, 4}, new long[] {4, 1})));
  }

  private static byte[] flipped(byte[] file, int within, long seed, int flips) {
    byte[] changed = file.clone();
    Random random = new Random(seed);
    for (int i = 0; i < flips; i++) {
      changed[random.nextInt(within)] = (byte) random.nextInt();
    }
    return changed;
  }

  private static boolean readsGguf(byte[] file) throws IOException {
    return reads(Files.write(folder().resolve("model.gguf"), file));
  }

  private static boolean readsSafetensors(byte[] file) throws IOException {
    Files.write(folder().resolve("model.safetensors"), file);
    return reads(folder());
  }

  /** Opens the file alone, as a model that it is not would be refused before it is read. */
  private static boolean readsPyTorch(byte[] content) throws IOException {
    Path path = Files.write(folder().resolve("model.bin"), content);
    try (PyTorchFile file = PyTorchFile.open(path)) {
      for (StoredTensor tensor : file.tensors().values()) {
        tensor.read(tensor.rows() - 1, 1, new float[tensor.rowSize()], 0);
      }
      return true;
    } catch (UserException e) {
      assertThat(e.getMessage()).endsWith(".").doesNotContain("\n");
      return false;
    }
  }

  private static byte[] pyTorch() {
    try (InputStream stream =
        HostileFilesTest.class.getResourceAsStream("pytorch/model-protocol-2.bin")) {
      return Objects.requireNonNull(stream).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean reads(Path path) {
    try (Checkpoint checkpoint = Checkpoints.open(path)) {
      for (String name : checkpoint.tensorNames()) {
        int rows = checkpoint.shape(name).size() == 1 ? 1 : checkpoint.shape(name).getFirst();
        float[] row = new float[checkpoint.shape(name).getLast()];
        checkpoint.readRows(name, rows - 1, 1, row);
      }
      return true;
    } catch (UserException e) {
      assertThat(e.getMessage()).endsWith(".").doesNotContain("\n");
      return false;
    }
  }
}
