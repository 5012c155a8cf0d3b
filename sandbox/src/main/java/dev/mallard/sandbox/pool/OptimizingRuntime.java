package dev.mallard.sandbox.pool;

import java.io.File;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Truffle's optimizing runtime on a stock JDK: the Graal compiler takes the place of the JDK's
 * empty module of that name.
 */
final class OptimizingRuntime {
  /** The compiler, and what it needs. */
  private static final Set<String> MODULES =
      Set.of(
          "jdk.graal.compiler",
          "org.graalvm.truffle.compiler",
          "org.graalvm.collections",
          "org.graalvm.word");

  /** What their files are called, so that not every jar has to be opened. */
  private static final Pattern FILE =
      Pattern.compile("(compiler|collections|word)[^/\\\\]*\\.jar$");

  private static final List<String> JARS = jars();

  private OptimizingRuntime() {}

  /** Whether all of it is on the class path. */
  static boolean isAvailable() {
    return JARS.size() == MODULES.size();
  }

  /** JVM options. */
  static List<String> options() {
    return List.of(
        "-XX:+UnlockExperimentalVMOptions",
        "-XX:+EnableJVMCI",
        "--upgrade-module-path=" + String.join(File.pathSeparator, JARS));
  }

  private static List<String> jars() {
    List<String> jars = new ArrayList<>();
    for (String entry : WorkerCommand.classPath().split(File.pathSeparator, -1)) {
      if (FILE.matcher(entry).find() && modules(entry).stream().anyMatch(MODULES::contains)) {
        jars.add(entry);
      }
    }
    return jars;
  }

  private static Set<String> modules(String jar) {
    try {
      return ModuleFinder.of(Path.of(jar)).findAll().stream()
          .map(module -> module.descriptor().name())
          .collect(Collectors.toSet());
    } catch (FindException e) {
      return Set.of(); // Not a module, then.
    }
  }
}
