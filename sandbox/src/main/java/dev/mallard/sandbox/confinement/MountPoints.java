package dev.mallard.sandbox.confinement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The places in a root directory on which something is mounted. */
public final class MountPoints {
  /** The devices that programs expect to be there. */
  public static final List<Mount> DEVICES =
      Stream.of("/dev/null", "/dev/random", "/dev/urandom")
          .<Mount>map(device -> new Mount.Device(Path.of(device)))
          .toList();

  private MountPoints() {}

  /** Makes an empty file or directory, as what is mounted on it is one or the other. */
  public static void make(Path root, Mount mount) throws IOException {
    Path point = within(root, mount.target());
    boolean directory =
        switch (mount) {
          case Mount.ReadOnly(Path source, Path target) -> Files.isDirectory(source);
          case Mount.Device device -> false;
          case Mount.Scratch scratch -> true;
        };
    if (directory) {
      Files.createDirectories(point);
    } else {
      Files.createDirectories(Objects.requireNonNull(point.getParent()));
      Files.createFile(point);
    }
  }

  /** Where a confined process's path is, seen from outside. */
  public static Path within(Path root, Path target) {
    return root.resolve(Path.of("/").relativize(target));
  }
}
