package dev.mallard.sandbox.jvm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * All that a confined JVM sees of the file system: the JDK, the shared libraries that it needs, the
 * runner's classes and three devices.
 *
 * <p>It is a directory of empty files and directories, on which the real ones are mounted in the
 * JVM's mount namespace alone.
 */
final class View implements AutoCloseable {
  static final Path JDK = Path.of("/jdk");
  static final Path RUNNER = Path.of("/runner");
  private static final List<String> DEVICES = List.of("/dev/null", "/dev/random", "/dev/urandom");
  private static final int DEEPEST_LINK = 3;

  private final Path directory;
  private final List<Mount> mounts;
  private final List<String> runnerClasses;
  private final List<Path> libraryDirectories;

  /**
   * Something that is mounted.
   *
   * @param source where it is
   * @param target where a confined JVM sees it
   */
  record Mount(Path source, Path target, boolean device) {}

  private View(
      Path directory,
      List<Mount> mounts,
      List<String> runnerClasses,
      List<Path> libraryDirectories) {
    this.directory = directory;
    this.mounts = List.copyOf(mounts);
    this.runnerClasses = runnerClasses;
    this.libraryDirectories = List.copyOf(libraryDirectories);
  }

  static View create(Path javaHome) {
    try {
      Path directory = Files.createTempDirectory("mallard-java-");
      Path runner = Files.createDirectory(directory.resolve("classes"));
      List<String> runnerClasses = RunnerModule.write(runner);
      List<Mount> mounts = new ArrayList<>();
      Path realHome = javaHome.toRealPath();
      mounts.add(new Mount(realHome, JDK, false));
      mounts.add(new Mount(runner, RUNNER, false));
      for (Path target : linkTargets(realHome)) {
        mounts.add(new Mount(target, target, false));
      }
      List<Path> libraryDirectories = new ArrayList<>();
      for (Path library : NativeLibraries.of(realHome)) {
        mounts.add(new Mount(library.toRealPath(), library, false));
        if (!libraryDirectories.contains(library.getParent())) {
          libraryDirectories.add(library.getParent());
        }
      }
      for (String device : DEVICES) {
        mounts.add(new Mount(Path.of(device), Path.of(device), true));
      }
      Path root = Files.createDirectory(directory.resolve("root"));
      for (Mount mount : mounts) {
        Path target = root.resolve(Path.of("/").relativize(mount.target()));
        if (Files.isDirectory(mount.source())) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          Files.createFile(target);
        }
      }
      return new View(directory, mounts, runnerClasses, libraryDirectories);
    } catch (IOException e) {
      throw new UncheckedIOException("There is no place for the files of confined JVMs", e);
    }
  }

  /** Distributions keep some files of a JDK elsewhere, such as its configuration. */
  private static List<Path> linkTargets(Path javaHome) throws IOException {
    List<Path> targets = new ArrayList<>();
    try (Stream<Path> files = Files.walk(javaHome, DEEPEST_LINK)) {
      for (Path link : files.filter(Files::isSymbolicLink).toList()) {
        Path target = link.getParent().resolve(Files.readSymbolicLink(link)).normalize();
        if (!target.startsWith(javaHome) && Files.exists(target) && !targets.contains(target)) {
          targets.add(target);
        }
      }
    }
    return targets;
  }

  /** The directory with the places to mount on. */
  Path root() {
    return directory.resolve("root");
  }

  List<Mount> mounts() {
    return mounts;
  }

  /** The names of the runner's classes. */
  List<String> runnerClasses() {
    return runnerClasses;
  }

  /** Directories in which a confined JVM finds shared libraries, in its view. */
  String libraryPath() {
    StringBuilder path = new StringBuilder(JDK.resolve("lib").toString());
    libraryDirectories.forEach(library -> path.append(':').append(library));
    return path.toString();
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // Left to whoever cleans the directory of temporary files.
    }
  }
}
