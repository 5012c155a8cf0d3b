package dev.mallard.sandbox.command;

import dev.mallard.sandbox.CommandLanguage;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What the processes of one program see: the programs and libraries of the system, the folder of
 * the language and what else it needs, the program, and an empty folder to write into.
 */
final class Place implements AutoCloseable {
  static final Path LANGUAGE = Path.of("/language");
  static final Path PROGRAM = Path.of("/program");
  static final Path JDK = Path.of("/jdk");

  /** Size of the folder to write into, in MiB. */
  static final int SCRATCH_MEBIBYTES = 64;

  private static final Path SCRATCH = Path.of("/tmp");

  /** Where systems keep programs and libraries; none of it is the user's own. */
  private static final List<String> SYSTEM =
      List.of(
          "/usr",
          "/bin",
          "/sbin",
          "/lib",
          "/lib32",
          "/lib64",
          "/nix/store",
          "/run/current-system",
          "/etc/alternatives",
          "/etc/ld.so.cache");

  private static final String SEARCH_PATH = "/usr/local/bin:/usr/bin:/bin";

  private final Path directory;
  private final Path root;
  private final Surroundings surroundings;
  private final boolean roots;

  private Place(Path directory, CommandLanguage language, String program) throws IOException {
    this.directory = directory;
    roots = Identity.isRoots(directory);
    root = Files.createDirectory(directory.resolve("root"));
    Path programs = Files.createDirectory(directory.resolve("program"));
    Files.writeString(programs.resolve(language.programName()), program);
    Map<String, String> environment = new TreeMap<>();
    environment.put("HOME", SCRATCH.toString());
    environment.put("LANG", "C.UTF-8");
    environment.put("MALLOC_ARENA_MAX", "2");
    environment.put("PATH", SEARCH_PATH);
    environment.put("TMPDIR", SCRATCH.toString());
    List<Mount> mounts = new ArrayList<>(system());
    if (language.command().contains(CommandLanguage.JAVA)) {
      mounts.addAll(jdk());
      // Without /proc the launcher does not find its libraries by itself.
      environment.put("LD_LIBRARY_PATH", JDK.resolve("lib").toString());
    }
    for (Path path : language.readable()) {
      mounts.add(new Mount.ReadOnly(path.toRealPath(), path));
    }
    mounts.add(new Mount.ReadOnly(folder(language), LANGUAGE));
    mounts.add(new Mount.ReadOnly(programs, PROGRAM));
    mounts.addAll(MountPoints.DEVICES);
    mounts.add(new Mount.Scratch(SCRATCH, SCRATCH_MEBIBYTES));
    for (Mount mount : mounts) {
      if (!isWithinAnother(mount, mounts)) {
        MountPoints.make(root, mount);
      }
    }
    if (roots) {
      FileTrees.letOthersRead(directory);
    }
    surroundings = new Surroundings(root, mounts, new TreeMap<>(environment));
  }

  /** Makes the place of a program. */
  static Place of(CommandLanguage language, String program) {
    Path directory = directory();
    try {
      return new Place(directory, language, program);
    } catch (IOException e) {
      FileTrees.delete(directory);
      throw new UncheckedIOException("There is no place for the files of a program", e);
    }
  }

  private static Path directory() {
    try {
      return Files.createTempDirectory("mallard-command-");
    } catch (IOException e) {
      throw new UncheckedIOException("There is no place for the files of a program", e);
    }
  }

  /** The folder of the language; of root's, nobody might be allowed to read but a copy. */
  private Path folder(CommandLanguage language) throws IOException {
    Path folder = language.folder().toRealPath();
    if (!roots) {
      return folder;
    }
    Path copy = directory.resolve("language");
    FileTrees.copy(folder, copy);
    return copy;
  }

  private List<Mount> system() throws IOException {
    List<Mount> mounts = new ArrayList<>();
    for (String name : SYSTEM) {
      Path path = Path.of(name);
      if (Files.isSymbolicLink(path)) {
        Path link = MountPoints.within(root, path);
        Files.createDirectories(Objects.requireNonNull(link.getParent()));
        Files.createSymbolicLink(link, Files.readSymbolicLink(path));
      } else if (Files.exists(path)) {
        mounts.add(new Mount.ReadOnly(path, path));
      }
    }
    return mounts;
  }

  private static List<Mount> jdk() throws IOException {
    Path home = Path.of(System.getProperty("java.home")).toRealPath();
    List<Mount> mounts = new ArrayList<>();
    mounts.add(new Mount.ReadOnly(home, JDK));
    for (Path file : JdkFiles.outside(home)) {
      mounts.add(new Mount.ReadOnly(file, file));
    }
    return mounts;
  }

  /** What lies within something else that is mounted has its place there already. */
  private static boolean isWithinAnother(Mount mount, List<Mount> mounts) {
    return mounts.stream()
        .anyMatch(other -> !other.equals(mount) && mount.target().startsWith(other.target()));
  }

  /** Whether Mallard is run by root. */
  boolean isRoots() {
    return roots;
  }

  Surroundings surroundings() {
    return surroundings;
  }

  @Override
  public void close() {
    FileTrees.delete(directory);
  }
}
