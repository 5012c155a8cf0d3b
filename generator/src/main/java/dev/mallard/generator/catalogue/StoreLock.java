package dev.mallard.generator.catalogue;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/**
 * Keeps other threads and processes away from one model of the store. The system gives it up when
 * its process ends, however that happens; the file itself stays, for removing it would race.
 */
final class StoreLock implements Closeable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final FileChannel channel;

  private StoreLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the lock unless somebody else has it. */
  static Optional<StoreLock> tryAcquire(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return Optional.of(new StoreLock(channel));
      }
    } catch (OverlappingFileLockException e) {
      // another thread of this process has it
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    return Optional.empty();
  }

  /** Takes the lock, after whoever has it; {@code waiting} is run once if that takes a while. */
  static StoreLock acquire(Path file, Runnable waiting) throws IOException, InterruptedException {
    Optional<StoreLock> lock = tryAcquire(file);
    if (lock.isEmpty()) {
      waiting.run();
    }
    while (lock.isEmpty()) {
      Thread.sleep(POLL);
      lock = tryAcquire(file);
    }
    return lock.get();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
