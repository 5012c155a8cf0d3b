package dev.mallard.generator.engine;

import dev.mallard.generator.UserException;
import dev.mallard.generator.checkpoint.Checkpoint;
import dev.mallard.generator.model.Precision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps checkpoints in the decoder's own form, so that only the first start of a model converts it.
 * One file a model and precision, written beside its target and moved into place; two processes
 * that want the same file wait for each other.
 */
final class WeightCache {
  private static final Logger LOG = LoggerFactory.getLogger(WeightCache.class);

  /** File locks are for processes; threads of this one need their own. */
  private static final ReentrantLock CONVERTING = new ReentrantLock();

  private final Path directory;

  WeightCache(Path directory) {
    this.directory = directory;
  }

  /**
   * The converted form of a checkpoint, made now if need be.
   *
   * @throws UserException if the disk has no room for it, or the directory cannot be written
   */
  PackedWeights open(Checkpoint checkpoint, Precision precision, LoadListener listener) {
    Path file =
        directory.resolve(
            checkpoint.fingerprint()
                + "-"
                + precision.label()
                + "-v"
                + PackedWeights.VERSION
                + ".weights");
    try {
      Optional<PackedWeights> ready = existing(file);
      if (ready.isPresent()) {
        return ready.get();
      }
      Files.createDirectories(directory);
      Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
      CONVERTING.lock();
      try (FileChannel channel =
              FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock _ = channel.lock()) {
        // Another may have been at it until now.
        Optional<PackedWeights> made = existing(file);
        if (made.isPresent()) {
          return made.get();
        }
        convert(checkpoint, precision, file, listener);
      } finally {
        CONVERTING.unlock();
      }
      return PackedWeights.open(file);
    } catch (IOException e) {
      String reason =
          e instanceof FileSystemException f && f.getReason() != null
              ? f.getReason()
              : e.getMessage();
      throw new UserException(
          "The converted weights cannot be written to %s (%s): make room there, or name another directory in MALLARD_CACHE."
              .formatted(directory, reason),
          e);
    }
  }

  private static Optional<PackedWeights> existing(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(PackedWeights.open(file));
    } catch (IOException e) {
      LOG.warn("converting again, because {} cannot be used", file, e);
      return Optional.empty();
    }
  }

  private void convert(Checkpoint checkpoint, Precision precision, Path file, LoadListener listener)
      throws IOException {
    WeightPacker packer = new WeightPacker(checkpoint, precision);
    long needed = packer.length();
    long free = Files.getFileStore(directory).getUsableSpace();
    if (free < needed) {
      throw new UserException(
          "The converted weights need %d MiB in %s and %d MiB are free: make room there, or name another directory in MALLARD_CACHE."
              .formatted(needed >> 20, directory, free >> 20));
    }
    // One name: what a killed conversion left is overwritten by the next, under the same lock.
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    Files.deleteIfExists(partial);
    try {
      packer.write(partial, listener::converting);
      Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | RuntimeException e) {
      deleteQuietly(partial);
      throw e;
    }
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("cannot delete {}", file, new UncheckedIOException(e));
    }
  }
}
