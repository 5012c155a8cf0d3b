package dev.mallard.sandbox.confinement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;

/** Copies and deletes directories. */
public final class FileTrees {
  private FileTrees() {}

  /**
   * Copies a directory and all in it; links stay links.
   *
   * @param copy which is not there yet
   */
  public static void copy(Path directory, Path copy) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path target = copy.resolve(directory.relativize(file));
        Files.copy(file, target, LinkOption.NOFOLLOW_LINKS);
      }
    }
  }

  /** Lets all users of this machine read a directory and all in it. */
  public static void letOthersRead(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : (Iterable<Path>) files.filter(f -> !Files.isSymbolicLink(f))::iterator) {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        permissions.add(PosixFilePermission.OTHERS_READ);
        if (permissions.contains(PosixFilePermission.OWNER_EXECUTE)) {
          permissions.add(PosixFilePermission.OTHERS_EXECUTE);
        }
        Files.setPosixFilePermissions(file, permissions);
      }
    }
  }

  /** Deletes a directory and all in it, as far as that is possible. */
  public static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // Left to whoever cleans the directory of temporary files.
    }
  }
}
