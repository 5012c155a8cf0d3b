package dev.mallard.sandbox.jvm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All that confined JVMs see of the file system: the JDK without its commands, the shared libraries
 * that it needs, the runner's classes and three devices.
 *
 * <p>A program must not execute anything, not even a second JVM: that one could be told to allow
 * native code, and so to look into the memory of the first. See {@link Place}.
 */
final class View implements AutoCloseable {
  static final Path JDK = Path.of("/jdk");
  static final Path RUNNER = Path.of("/runner");

  private static final Path COMMANDS = JDK.resolve("bin");
  private static final List<String> HELPERS = List.of("lib/jspawnhelper", "lib/jexec");
  private static final List<String> DEVICES = List.of("/dev/null", "/dev/random", "/dev/urandom");
  private static final int DEEPEST_LINK = 3;

  private final Path directory;
  private final Path javaHome;
  private final Path loader;
  private final List<Mount> mounts = new ArrayList<>();
  private final Set<Path> libraryDirectories = new LinkedHashSet<>();
  private final List<String> runnerClasses;

  /**
   * Something that is mounted.
   *
   * @param source where it is
   * @param target where a confined JVM sees it
   */
  record Mount(Path source, Path target, boolean device) {}

  private View(Path directory, Path javaHome) throws IOException {
    this.directory = directory;
    this.javaHome = javaHome;
    Path runner = Files.createDirectory(directory.resolve("runner"));
    runnerClasses = RunnerModule.write(runner);
    mounts.add(new Mount(javaHome, JDK, false));
    Path empty = Files.createFile(directory.resolve("empty"));
    for (String helper : HELPERS) {
      if (Files.exists(javaHome.resolve(helper))) {
        mounts.add(new Mount(empty, JDK.resolve(helper), false));
      }
    }
    mounts.add(new Mount(runner, RUNNER, false));
    for (Path target : linkTargets(javaHome)) {
      mounts.add(new Mount(target, target, false));
    }
    NativeLibraries libraries = NativeLibraries.of(javaHome);
    loader = libraries.loader();
    for (Path library : libraries.others()) {
      mounts.add(new Mount(library.toRealPath(), library, false));
      libraryDirectories.add(library.getParent());
    }
    for (String device : DEVICES) {
      mounts.add(new Mount(Path.of(device), Path.of(device), true));
    }
  }

  /**
   * Makes a view.
   *
   * @param base where its files are, on a file system from which commands can be executed
   */
  static View create(Path base, Path javaHome) {
    try {
      return new View(Files.createTempDirectory(base, "mallard-java-"), javaHome.toRealPath());
    } catch (IOException e) {
      throw new UncheckedIOException("There is no place for the files of confined JVMs", e);
    }
  }

  /** Distributions keep some files of a JDK elsewhere, such as its configuration. */
  private static List<Path> linkTargets(Path javaHome) throws IOException {
    List<Path> targets = new ArrayList<>();
    try (Stream<Path> files = Files.walk(javaHome, DEEPEST_LINK)) {
      for (Path link : files.filter(Files::isSymbolicLink).toList()) {
        Path target = link.resolveSibling(Files.readSymbolicLink(link)).normalize();
        // Certificates are for connections, and there are none.
        boolean needed = !target.startsWith(javaHome) && !target.endsWith("cacerts");
        if (needed && Files.exists(target) && !targets.contains(target)) {
          targets.add(target);
        }
      }
    }
    return targets;
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

  /** Makes the place of one confined JVM. */
  Place place() {
    try {
      Path place = Files.createTempDirectory(directory, "place-");
      Path root = Files.createDirectory(place.resolve("root"));
      for (Mount mount : mounts) {
        if (!mount.target().startsWith(JDK) || mount.target().equals(JDK)) {
          Path target = within(root, mount.target());
          if (Files.isDirectory(mount.source())) {
            Files.createDirectories(target);
          } else {
            Files.createDirectories(target.getParent());
            Files.createFile(target);
          }
        }
      }
      Path ownLoader = within(root, loader);
      Files.createDirectories(ownLoader.getParent());
      Files.copy(loader.toRealPath(), ownLoader);
      Path java = Files.createDirectory(place.resolve("bin")).resolve("java");
      Files.copy(javaHome.resolve("bin/java").toRealPath(), java);
      for (Path command : List.of(ownLoader, java)) {
        if (!command.toFile().setExecutable(true, true)) {
          throw new IOException(command + " cannot be made executable");
        }
      }
      return new Place(place, List.of(java, ownLoader));
    } catch (IOException e) {
      throw new UncheckedIOException("There is no place for the files of a confined JVM", e);
    }
  }

  private static Path within(Path root, Path target) {
    return root.resolve(Path.of("/").relativize(target));
  }

  @Override
  public void close() {
    FileTrees.delete(directory);
  }

  /**
   * What one confined JVM sees: empty files and directories, on which the real ones are mounted in
   * its own mount namespace, and copies of the two commands that start it. These are deleted once
   * it runs, so that the program that it is then given finds nothing to execute.
   */
  final class Place implements AutoCloseable {
    private final Path place;
    private final List<Path> commands;

    private Place(Path place, List<Path> commands) {
      this.place = place;
      this.commands = commands;
    }

    /** The directory that is its root. */
    Path root() {
      return place.resolve("root");
    }

    /** All that is mounted, in order. */
    List<Mount> mounts() {
      List<Mount> all = new ArrayList<>(mounts);
      all.add(1, new Mount(place.resolve("bin"), COMMANDS, false));
      return all;
    }

    String libraryPath() {
      return View.this.libraryPath();
    }

    void deleteCommands() {
      try {
        for (Path command : commands) {
          Files.deleteIfExists(command);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("A command stays within reach of a program", e);
      }
    }

    @Override
    public void close() {
      FileTrees.delete(place);
    }
  }
}
