package dev.mallard.generator.checkpoint;

import dev.mallard.generator.UserException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;

/** A whole file mapped into memory, read only. Reading is safe from several threads. */
final class MappedFile implements AutoCloseable {
  private static final int SAMPLES = 64;
  private static final int SAMPLE_BYTES = 4096;

  private final Path path;
  private final FileTime modified;
  private final Arena arena;
  private final MemorySegment bytes;

  private MappedFile(Path path, FileTime modified, Arena arena, MemorySegment bytes) {
    this.path = path;
    this.modified = modified;
    this.arena = arena;
    this.bytes = bytes;
  }

  /**
   * Maps a file.
   *
   * @throws UserException if it is missing, empty, a folder, or cannot be read
   */
  static MappedFile open(Path path) {
    Arena arena = newArena();
    boolean opened = false;
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      if (Files.isDirectory(path)) {
        throw new UserException(path + " is a folder where a model file was expected.");
      }
      if (channel.size() == 0) {
        throw new UserException("The model file " + path + " is empty; download it again.");
      }
      MemorySegment bytes = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
      MappedFile file = new MappedFile(path, Files.getLastModifiedTime(path), arena, bytes);
      opened = true;
      return file;
    } catch (NoSuchFileException e) {
      throw new UserException("There is no model file " + path + ".", e);
    } catch (IOException e) {
      throw new UserException("Cannot read " + path + ": " + e.getMessage() + ".", e);
    } finally {
      if (!opened) {
        arena.close();
      }
    }
  }

  @SuppressWarnings("MustBeClosedChecker") // The file owns it, and close() closes it.
  private static Arena newArena() {
    return Arena.ofShared();
  }

  Path path() {
    return path;
  }

  long size() {
    return bytes.byteSize();
  }

  /**
   * Copies bytes out of the file.
   *
   * @param offset from the file's beginning; the range lies within {@link #size()}
   * @throws UserException if the file has been cut short since it was opened
   */
  void read(long offset, byte[] destination, int count) {
    try {
      MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, offset, destination, 0, count);
    } catch (InternalError e) {
      // What the JVM throws where a mapped page is no longer backed by the file.
      throw new UserException(path + " was cut short while it was in use.", e);
    }
  }

  /** Adds the size, the time of change, the first bytes and samples of the rest to a digest. */
  void digest(MessageDigest digest, long headerBytes) {
    digest.update(longBytes(size()));
    digest.update(longBytes(modified.toMillis()));
    byte[] buffer = new byte[1 << 16];
    for (long at = 0; at < headerBytes; at += buffer.length) {
      int count = (int) Math.min(buffer.length, headerBytes - at);
      read(at, buffer, count);
      digest.update(buffer, 0, count);
    }
    for (int i = 0; i < SAMPLES; i++) {
      int count = (int) Math.min(SAMPLE_BYTES, size());
      read((size() - count) / (SAMPLES - 1) * i, buffer, count);
      digest.update(buffer, 0, count);
    }
  }

  private static byte[] longBytes(long value) {
    byte[] bytes = new byte[Long.BYTES];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (value >> (8 * i));
    }
    return bytes;
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
