package dev.mallard.sandbox.confinement;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds commands of the operating system; a worker process has no {@code PATH}. */
public final class SystemTools {
  private static final String USUAL =
      "/usr/bin:/bin:/usr/sbin:/sbin:/usr/local/bin:/run/current-system/sw/bin";

  private SystemTools() {}

  /** Where a command is; empty if it is not there. */
  public static Optional<Path> find(String name) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(USUAL, path)
        .flatMap(list -> Arrays.stream(list.split(File.pathSeparator)))
        .filter(directory -> directory.startsWith("/"))
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
