package dev.mallard.sandbox.pool;

import dev.mallard.sandbox.GuestLanguage;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.worker.ArchiveMaker;
import dev.mallard.sandbox.worker.Training;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What lets workers start faster, in a folder of the cache for each version of all that it depends
 * on: the JVM's archive of classes, linked and with profiles, and Python's compiled library. It is
 * made by a process of its own, of lowest priority, when a pool closes or has run for a minute.
 * Without it, workers start all the same.
 */
final class StartupArchive {
  private static final Logger LOG = LoggerFactory.getLogger(StartupArchive.class);

  /** Room that the making takes on the disk. */
  private static final long MOST_BYTES = 600L << 20;

  /** After a failure, how long nobody tries again. */
  private static final Duration REST = Duration.ofDays(1);

  private final Optional<Path> folder;
  private final Set<GuestLanguage> missing = EnumSet.noneOf(GuestLanguage.class);
  private boolean trusted = true;

  private StartupArchive(Optional<Path> folder) {
    this.folder = folder;
  }

  /**
   * The archive in a cache.
   *
   * @param cache empty for none
   */
  static StartupArchive in(Optional<Path> cache) {
    return new StartupArchive(
        cache.flatMap(directory ->
            version(WorkerCommand.classPath())
                .map(directory.toAbsolutePath().resolve("sandbox")::resolve)));
  }

  /** JVM options for a worker. */
  synchronized List<String> options(GuestLanguage language) {
    if (folder.isEmpty() || !trusted || !Training.helps(language)) {
      return List.of();
    }
    if (!Files.exists(ArchiveMaker.archive(folder.get(), language))) {
      missing.add(language);
      return List.of();
    }
    try {
      // So that who deletes old ones knows that this one is in use.
      Files.setLastModifiedTime(folder.get(), FileTime.from(Instant.now()));
    } catch (IOException e) {
      LOG.debug("The folder of the sandbox's archives cannot be written to", e);
    }
    return ArchiveMaker.options(folder.get(), language);
  }

  /** A worker did not start, perhaps because of the archive: others do without it. */
  synchronized void distrust() {
    trusted = false;
  }

  /** A worker is ready: if others were not, with the archive, then the archive is to blame. */
  synchronized void workerIsReady() {
    if (folder.isPresent() && !trusted && Files.exists(folder.get())) {
      LOG.warn("The archive {} seems to be damaged and is deleted", folder.get());
      ArchiveMaker.delete(folder.get());
    }
  }

  /** Starts to make what workers have missed so far; returns at once. */
  synchronized void make() {
    if (folder.isEmpty()) {
      return;
    }
    for (GuestLanguage language : missing) {
      if (isWorthTrying(folder.get(), language)) {
        startMaking(folder.get(), language);
      }
    }
    missing.clear();
  }

  private static boolean isWorthTrying(Path folder, GuestLanguage language) {
    try {
      Files.createDirectories(folder);
      if (!Files.isWritable(folder) || Files.getFileStore(folder).getUsableSpace() < MOST_BYTES) {
        return false;
      }
      Path failure = ArchiveMaker.failure(folder, language);
      return !Files.exists(failure)
          || Files.getLastModifiedTime(failure).toInstant().isBefore(Instant.now().minus(REST));
    } catch (IOException e) {
      LOG.debug("There is no place for the sandbox's archives", e);
      return false;
    }
  }

  private static void startMaking(Path folder, GuestLanguage language) {
    List<String> worker = WorkerCommand.java(Limits.DEFAULT.heapMebibytes());
    List<String> command = new ArrayList<>();
    command.addAll(LowPriority.prefix());
    command.addAll(worker);
    command.add(ArchiveMaker.class.getName());
    command.add(folder.toString());
    command.add(language.name());
    command.addAll(worker);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(folder.toFile());
    builder.environment().clear();
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      Process maker = builder.start();
      LOG.info("Process {} makes the archive that workers start from", maker.pid());
    } catch (IOException e) {
      LOG.debug("The process that makes the sandbox's archives does not start", e);
    }
  }

  /**
   * A name that changes with all that an archive must fit to; empty if the class path holds what no
   * archive can be made of: anything but jars.
   */
  static Optional<String> version(String classPath) {
    StringBuilder text = new StringBuilder();
    Stream.of("java.home", "java.vm.version", "java.vm.vendor", "os.arch")
        .forEach(name -> text.append(System.getProperty(name)).append('\n'));
    text.append(String.join("\n", WorkerCommand.java(Limits.DEFAULT.heapMebibytes())));
    for (String entry : classPath.split(File.pathSeparator, -1)) {
      Path file = Path.of(entry);
      try {
        if (!Files.isRegularFile(file)) {
          return Optional.empty();
        }
        text.append('\n').append(file.toAbsolutePath()).append(' ').append(Files.size(file));
        text.append(' ').append(Files.getLastModifiedTime(file).toMillis());
      } catch (IOException e) {
        return Optional.empty();
      }
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return Optional.of(HexFormat.of().formatHex(digest, 0, 8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JVM has SHA-256", e);
    }
  }
}
