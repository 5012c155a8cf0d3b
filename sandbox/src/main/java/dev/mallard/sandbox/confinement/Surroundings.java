package dev.mallard.sandbox.confinement;

import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that a confined process sees.
 *
 * @param root the directory that is its root, read-only; it holds an empty file or directory where
 *     something is mounted
 * @param mounts what is mounted, in order
 * @param environment all of its environment variables
 */
public record Surroundings(Path root, List<Mount> mounts, SortedMap<String, String> environment) {
  public Surroundings {
    mounts = List.copyOf(mounts);
    environment = new TreeMap<>(environment);
  }
}
