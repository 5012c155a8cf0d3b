package dev.mallard.sandbox.worker;

import dev.mallard.sandbox.GuestLanguage;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process that makes what lets workers of a language start faster: an archive of the JVM, and for
 * Python a compiled library. It outlives the sandbox that has started it, but not by more than its
 * work takes. Of two at once, one does nothing.
 */
public final class ArchiveMaker {
  private static final long MOST_MINUTES = 10;

  /** Folders of other versions that are kept: another Mallard may be in use. */
  private static final int OTHERS_KEPT = 1;

  private final Path folder;
  private final GuestLanguage language;
  private final List<String> java;

  private ArchiveMaker(Path folder, GuestLanguage language, List<String> java) {
    this.folder = folder;
    this.language = language;
    this.java = java;
  }

  /** Where the archive of a language is, in the folder of one version. */
  public static Path archive(Path folder, GuestLanguage language) {
    return folder.resolve(language.name().toLowerCase(Locale.ROOT) + ".aot");
  }

  /** A file that says that making the archive of a language has failed, and when. */
  public static Path failure(Path folder, GuestLanguage language) {
    return folder.resolve(language.name().toLowerCase(Locale.ROOT) + ".failed");
  }

  /** JVM options that make a worker use what there is. */
  public static List<String> options(Path folder, GuestLanguage language) {
    List<String> options = new ArrayList<>();
    if (language == GuestLanguage.PYTHON && Files.isDirectory(library(folder))) {
      options.add(CompiledLibrary.option(library(folder)));
    }
    if (Files.isRegularFile(archive(folder, language))) {
      options.add("-XX:AOTCache=" + archive(folder, language));
    }
    return options;
  }

  private static Path library(Path folder) {
    return folder.resolve("python-library");
  }

  /**
   * Makes an archive.
   *
   * @param arguments the folder, the language, and the command that starts a JVM as workers do, up
   *     to its class path
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Thread.ofPlatform().daemon().start(ArchiveMaker::endInTime);
    Path folder = Path.of(arguments[0]);
    Files.createDirectories(folder);
    try (FileChannel channel =
            FileChannel.open(
                folder.resolveSibling("making.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock != null) {
        new ArchiveMaker(
                folder,
                GuestLanguage.valueOf(arguments[1]),
                Arrays.asList(arguments).subList(2, arguments.length))
            .make();
      }
    } catch (OverlappingFileLockException e) {
      throw new IllegalStateException("This process has one lock", e);
    }
  }

  private static void endInTime() {
    try {
      TimeUnit.MINUTES.sleep(MOST_MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    Runtime.getRuntime().halt(1);
  }

  private void make() throws IOException, InterruptedException {
    Path archive = archive(folder, language);
    if (Files.exists(archive)) {
      return; // Another process has made it meanwhile.
    }
    // Beside its place, and moved there when whole. What is there was left by a process that died.
    Path unfinished = folder.resolve("unfinished");
    delete(unfinished);
    Files.createDirectories(unfinished);
    try {
      if (language == GuestLanguage.PYTHON && !Files.exists(library(folder))) {
        Path library = unfinished.resolve("library");
        CompiledLibrary.make(library);
        Files.move(library, library(folder), StandardCopyOption.ATOMIC_MOVE);
      }
      Path whole = unfinished.resolve("archive");
      train(whole);
      Files.move(whole, archive, StandardCopyOption.ATOMIC_MOVE);
      Files.deleteIfExists(failure(folder, language));
      deleteOthers();
    } catch (IOException | RuntimeException e) {
      Files.writeString(failure(folder, language), e.toString());
      throw e;
    } finally {
      delete(unfinished);
    }
  }

  private void train(Path archive) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(java);
    // Before the class path, which is the last option.
    command.addAll(1, options(folder, language));
    command.add(1, "-XX:AOTCacheOutput=" + archive);
    command.add(Training.class.getName());
    command.add(language.name());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(folder.toFile());
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    int status = builder.start().waitFor();
    if (status != 0 || !Files.exists(archive)) {
      throw new IOException("the training process ended with status " + status);
    }
  }

  private void deleteOthers() throws IOException {
    List<Path> others;
    try (Stream<Path> all = Files.list(folder.resolveSibling(""))) {
      others =
          all.filter(Files::isDirectory)
              .filter(other -> !other.equals(folder))
              .sorted(Comparator.comparingLong(ArchiveMaker::lastUse).reversed())
              .skip(OTHERS_KEPT)
              .toList();
    }
    for (Path other : others) {
      delete(other);
    }
  }

  /** Workers that are started with an archive touch its folder. */
  private static long lastUse(Path folder) {
    return folder.toFile().lastModified();
  }

  /** Deletes a folder with all that is in it, as far as that is possible. */
  public static void delete(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      // It is deleted the next time; until then it only takes room.
    }
  }
}
