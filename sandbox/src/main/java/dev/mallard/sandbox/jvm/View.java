package dev.mallard.sandbox.jvm;

import dev.mallard.sandbox.confinement.FileTrees;
import dev.mallard.sandbox.confinement.JdkFiles;
import dev.mallard.sandbox.confinement.Mount;
import dev.mallard.sandbox.confinement.MountPoints;
import dev.mallard.sandbox.confinement.Surroundings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

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

  private final Path directory;
  private final Path javaHome;
  private final Path loader;
  private final List<Mount> mounts = new ArrayList<>();
  private final Set<Path> libraryDirectories = new LinkedHashSet<>();
  private final List<String> runnerClasses;

  private View(Path directory, Path javaHome) throws IOException {
    this.directory = directory;
    this.javaHome = javaHome;
    Path runner = Files.createDirectory(directory.resolve("runner"));
    runnerClasses = RunnerModule.write(runner);
    mounts.add(new Mount.ReadOnly(javaHome, JDK));
    Path empty = Files.createFile(directory.resolve("empty"));
    for (String helper : HELPERS) {
      if (Files.exists(javaHome.resolve(helper))) {
        mounts.add(new Mount.ReadOnly(empty, JDK.resolve(helper)));
      }
    }
    mounts.add(new Mount.ReadOnly(runner, RUNNER));
    for (Path target : JdkFiles.outside(javaHome)) {
      mounts.add(new Mount.ReadOnly(target, target));
    }
    NativeLibraries libraries = NativeLibraries.of(javaHome);
    loader = libraries.loader();
    for (Path library : libraries.others()) {
      mounts.add(new Mount.ReadOnly(library.toRealPath(), library));
      libraryDirectories.add(library.getParent());
    }
    mounts.addAll(MountPoints.DEVICES);
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

  /** The names of the runner's classes. */
  List<String> runnerClasses() {
    return runnerClasses;
  }

  /** Directories in which a confined JVM finds shared libraries, in its view. */
  private String libraryPath() {
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
          MountPoints.make(root, mount);
        }
      }
      Path ownLoader = MountPoints.within(root, loader);
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

    Surroundings surroundings() {
      List<Mount> all = new ArrayList<>(mounts);
      all.add(1, new Mount.ReadOnly(place.resolve("bin"), COMMANDS));
      return new Surroundings(
          place.resolve("root"),
          all,
          new TreeMap<>(Map.of("LD_LIBRARY_PATH", libraryPath(), "MALLOC_ARENA_MAX", "2")));
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
