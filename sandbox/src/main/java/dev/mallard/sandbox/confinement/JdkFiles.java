package dev.mallard.sandbox.confinement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds what belongs to a JDK and lies elsewhere. */
public final class JdkFiles {
  private static final int DEEPEST_LINK = 3;

  private JdkFiles() {}

  /** Distributions keep some files of a JDK elsewhere, such as its configuration. */
  public static List<Path> outside(Path javaHome) throws IOException {
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
}
