package dev.mallard.sandbox.jvm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The shared libraries outside of the JDK that a JVM loads: the C library and its parts.
 *
 * @param loader the dynamic loader, which starts every command
 * @param others the rest, at absolute paths where the loader looks for them
 */
record NativeLibraries(Path loader, SortedSet<Path> others) {
  private static final List<String> OF_JVM =
      List.of(
          "lib/server/libjvm.so",
          "lib/libjava.so",
          "lib/libjimage.so",
          "lib/libnet.so",
          "lib/libnio.so",
          "lib/libzip.so");

  /** A line of {@code ldd}: {@code libc.so.6 => /lib/libc.so.6 (0x0000...)}. */
  private static final Pattern LOADED =
      Pattern.compile("(?:(\\S+) => )?(/\\S+) \\(0x\\p{XDigit}+\\)");

  static NativeLibraries of(Path javaHome) {
    SortedSet<Path> libraries = new TreeSet<>();
    String ofLauncher =
        run(
            Map.of("LD_TRACE_LOADED_OBJECTS", "1"),
            List.of(javaHome.resolve("bin/java").toString()));
    Path loader = Path.of("/");
    Matcher line = LOADED.matcher(ofLauncher);
    while (line.find()) {
      Path file = Path.of(line.group(2));
      libraries.add(file);
      if (line.group(1) == null) {
        loader = file;
      }
    }
    for (String name : OF_JVM) {
      Path file = javaHome.resolve(name);
      if (Files.exists(file)) {
        Matcher dependency =
            LOADED.matcher(run(Map.of(), List.of(loader.toString(), "--list", file.toString())));
        while (dependency.find()) {
          libraries.add(Path.of(dependency.group(2)));
        }
      }
    }
    Path found = loader;
    libraries.removeIf(file -> file.normalize().startsWith(javaHome) || file.equals(found));
    return new NativeLibraries(found, libraries);
  }

  private static String run(Map<String, String> environment, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("The dynamic loader does not say what it loads", e);
    }
  }
}
