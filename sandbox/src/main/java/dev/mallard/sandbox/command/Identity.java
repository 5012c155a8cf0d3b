package dev.mallard.sandbox.command;

import dev.mallard.sandbox.confinement.SystemTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Who programs run as. The operating system's root may have as many processes as it likes, whatever
 * their limit, and a program that does nothing but start more of itself would stop the machine; so
 * where Mallard is run by root, programs are nobody's from the start.
 */
final class Identity {
  private static final int ROOT = 0;
  private static final String NOBODY = "65534";

  private Identity() {}

  /** Whether a file is root's. */
  static boolean isRoots(Path file) throws IOException {
    return Files.getAttribute(file, "unix:uid").equals(ROOT);
  }

  /** Begins a command that is to be nobody's. */
  static List<String> asNobody() {
    String setpriv = SystemTools.find("setpriv").orElse(Path.of("setpriv")).toString();
    return List.of(setpriv, "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups", "--");
  }
}
