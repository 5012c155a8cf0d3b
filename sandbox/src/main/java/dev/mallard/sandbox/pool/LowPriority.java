package dev.mallard.sandbox.pool;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Starts processes that give way to others. */
final class LowPriority {

  private static final List<Path> NICE = List.of(Path.of("/usr/bin/nice"), Path.of("/bin/nice"));

  private LowPriority() {}

  /** What a command begins with; nothing where the system has no such program. */
  static List<String> prefix() {
    return NICE.stream()
        .filter(Files::isExecutable)
        .findFirst()
        .map(nice -> List.of(nice.toString(), "-n", "19"))
        .orElse(List.of());
  }
}
