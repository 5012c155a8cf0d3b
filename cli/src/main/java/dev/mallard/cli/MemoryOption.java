package dev.mallard.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which folder Mallard remembers in. */
final class MemoryOption {
  /** In the cache. */
  static final String FOLDER = "memory";

  @Option(
      names = "--memory",
      paramLabel = "DIR",
      description = "The folder of the memory, if it is not the one in Mallard's cache.")
  private Optional<Path> folder = Optional.empty();

  /** The folder that the user named, else the one in the cache. */
  Path folder(Path cache) {
    return folder.orElse(cache.resolve(FOLDER));
  }
}
