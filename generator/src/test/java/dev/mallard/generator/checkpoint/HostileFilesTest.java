package dev.mallard.generator.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.generator.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** Whatever is done to a file, it is read or refused with a sentence, and nothing else happens. */
class HostileFilesTest {
  private static final byte[] GGUF = GgufBuilder.llama().build();
  private static final byte[] SAFETENSORS = SafetensorsBuilder.llama().build();
  private static @Nullable Path folder;

  @BeforeContainer
  static void makeFolder() throws IOException {
    folder = Files.createTempDirectory("hostile");
    Files.writeString(folder().resolve("config.json"), SafetensorsBuilder.CONFIG);
  }

  @AfterContainer
  static void deleteFolder() throws IOException {
    for (String name : new String[] {"config.json", "model.gguf", "model.safetensors"}) {
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
