package dev.mallard.generator.engine;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what was computed of the beginnings of prompts on disk, for later processes: one file for
 * each model, precision and beginning. What cannot be read or written is done without.
 *
 * <p>A file: the CRC-32C of all that follows (4 bytes), the number of tokens (4), the tokens (4
 * each, big-endian), and the content of their slots.
 */
final class PrefixStore {
  private static final Logger LOG = LoggerFactory.getLogger(PrefixStore.class);

  private static final String ENDING = ".prefix";

  /** Shorter beginnings are computed as fast as they are read. */
  private static final int LEAST_TOKENS = 64;

  private final Path directory;
  private final String model;
  private final PackedWeights.Type type;
  private final long bytesPerToken;
  private final long mostBytes;

  /**
   * Makes a store.
   *
   * @param directory of all models, made when needed
   * @param model names the model's weights and their precision
   * @param type of the values: float32 or bfloat16
   * @param bytesPerToken size of what a slot holds
   * @param mostBytes size of all files, above which the longest unused are deleted
   */
  PrefixStore(
      Path directory, String model, PackedWeights.Type type, long bytesPerToken, long mostBytes) {
    this.directory = directory;
    this.model = model;
    this.type = type;
    this.bytesPerToken = bytesPerToken;
    this.mostBytes = mostBytes;
  }

  /** Whether these tokens are to be saved: there are enough of them, and they are not yet. */
  boolean wants(int[] tokens) {
    return tokens.length >= LEAST_TOKENS
        && tokens.length * bytesPerToken <= mostBytes
        && !Files.exists(file(tokens));
  }

  /** The content of the slots of these tokens, if it is there. */
  Optional<float[]> load(int[] tokens) {
    Path file = file(tokens);
    if (tokens.length < LEAST_TOKENS) {
      return Optional.empty();
    }
    try (DataInputStream input = new DataInputStream(Files.newInputStream(file))) {
      int checksum = input.readInt();
      byte[] head = input.readNBytes(head(tokens).length);
      long size = tokens.length * bytesPerToken;
      byte[] content = input.readNBytes(Math.toIntExact(size));
      if (!Arrays.equals(head, head(tokens))
          || content.length != size
          || checksum != checksum(head, content)) {
        throw new IOException(file + " is damaged");
      }
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
      return Optional.of(decode(content));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | ArithmeticException e) {
      LOG.warn("computing a prompt's beginning again, because {} cannot be used", file, e);
      delete(file);
      return Optional.empty();
    }
  }

  /** Saves the content of the slots of these tokens. */
  void save(int[] tokens, float[] values) {
    byte[] content = encode(values);
    Path file = file(tokens);
    Path partial = null;
    try {
      Files.createDirectories(directory);
      makeRoom(content.length);
      partial = Files.createTempFile(directory, "new", ".partial");
      byte[] head = head(tokens);
      try (OutputStream stream = Files.newOutputStream(partial);
          DataOutputStream output = new DataOutputStream(stream)) {
        output.writeInt(checksum(head, content));
        output.write(head);
        output.write(content);
      }
      Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("not keeping a prompt's beginning in {}", directory, e);
      if (partial != null) {
        delete(partial);
      }
    }
  }

  private void makeRoom(long bytes) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(directory)) {
      files =
          all.filter(file -> file.toString().endsWith(ENDING))
              .sorted(Comparator.comparingLong(PrefixStore::modified))
              .toList();
    }
    long total = bytes;
    for (Path file : files) {
      total += Files.size(file);
    }
    for (Path file : files) {
      if (total <= mostBytes) {
        break;
      }
      total -= Files.size(file);
      Files.deleteIfExists(file);
    }
  }

  private static long modified(Path file) {
    try {
      return Files.getLastModifiedTime(file).toMillis();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("cannot delete {}", file, e);
    }
  }

  /** bfloat16 is the upper half of float32, so nothing is lost. */
  private byte[] encode(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * type.bytes());
    if (type == PackedWeights.Type.FLOAT32) {
      bytes.asFloatBuffer().put(values);
    } else {
      for (float value : values) {
        bytes.putShort(BFloat16.nearest(value));
      }
    }
    return bytes.array();
  }

  private float[] decode(byte[] content) {
    float[] values = new float[content.length / type.bytes()];
    ByteBuffer bytes = ByteBuffer.wrap(content);
    if (type == PackedWeights.Type.FLOAT32) {
      bytes.asFloatBuffer().get(values);
    } else {
      for (int i = 0; i < values.length; i++) {
        values[i] = BFloat16.value(bytes.getShort());
      }
    }
    return values;
  }

  private static byte[] head(int[] tokens) {
    ByteBuffer head = ByteBuffer.allocate(Integer.BYTES * (1 + tokens.length));
    head.putInt(tokens.length);
    head.asIntBuffer().put(tokens);
    return head.array();
  }

  private static int checksum(byte[] head, byte[] content) {
    CRC32C checksum = new CRC32C();
    checksum.update(head);
    checksum.update(content);
    return (int) checksum.getValue();
  }

  private Path file(int[] tokens) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(head(tokens));
      String name = HexFormat.of().formatHex(digest.digest(), 0, 16);
      return directory.resolve(model + "-" + name + ENDING);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
