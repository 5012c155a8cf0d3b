package dev.mallard.sandbox.confinement;

import java.nio.file.Path;

/** Something that a confined process sees at {@code target}. */
public sealed interface Mount {
  /** Where it is seen: an absolute path. */
  Path target();

  /** A file or a directory, read-only. */
  record ReadOnly(Path source, Path target) implements Mount {}

  /** A device, where it always is. */
  record Device(Path target) implements Mount {}

  /** An empty directory of the process's own, in memory, that is gone with it. */
  record Scratch(Path target, int mebibytes) implements Mount {}
}
