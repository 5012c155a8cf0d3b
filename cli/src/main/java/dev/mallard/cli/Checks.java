package dev.mallard.cli;

import ai.djl.engine.Engine;
import com.sun.management.OperatingSystemMXBean;
import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.GuestLanguage;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.Sandbox;
import dev.mallard.sandbox.TestSuite;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/** What Mallard needs of a machine, each looked at on its own. */
final class Checks {
  private static final int JAVA_FEATURE = 25;
  private static final long GIBIBYTE = 1L << 30;

  /** The smallest model, its working memory and two Java processes. */
  private static final long LEAST_MEMORY = 3 * GIBIBYTE;

  /** A 7-billion-parameter code model at 8 bits, and the same. */
  private static final long GOOD_MEMORY = 12 * GIBIBYTE;

  /** The smallest model, downloaded and converted. */
  private static final long LEAST_SPACE = 3 * GIBIBYTE;

  private static final String PROGRAM = "def double(x):\n    return 2 * x\n";
  private static final TestSuite TESTS = TestSuite.asserts("assert double(21) == 42\n");

  private Checks() {}

  static Finding java() {
    String found =
        "%s (%s) in %s"
            .formatted(
                Runtime.version(),
                System.getProperty("java.vendor"),
                System.getProperty("java.home"));
    return Runtime.version().feature() == JAVA_FEATURE
        ? Finding.good(found)
        : Finding.missing(found, "Mallard is made for JDK 25: set JAVA_HOME to one.");
  }

  static Finding memory() {
    long total =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    String found =
        "%s, %s"
            .formatted(
                Numbers.gibibytes(total),
                Numbers.count(Runtime.getRuntime().availableProcessors(), "processor"));
    if (total < LEAST_MEMORY) {
      return Finding.missing(found, "The smallest model needs 3 GiB: use a larger machine.");
    }
    return total < GOOD_MEMORY
        ? Finding.weak(found, "Good code models need 12 GiB; small models fit.")
        : Finding.good(found);
  }

  static Finding cache(Path cache) throws IOException {
    try {
      Files.createDirectories(cache);
      Files.delete(Files.createTempFile(cache, "doctor", ".tmp"));
    } catch (IOException e) {
      return Finding.missing(
          "%s cannot be written to".formatted(cache),
          "Set MALLARD_CACHE to a folder that can, on a disk with some GiB free.");
    }
    long free = Files.getFileStore(cache).getUsableSpace();
    String found = "%s, %s free".formatted(cache, Numbers.gibibytes(free));
    return free < LEAST_SPACE
        ? Finding.weak(
            found, "Models need some GiB: free some, or set MALLARD_CACHE to another disk.")
        : Finding.good(found);
  }

  static Finding engine() {
    Engine engine = Engine.getEngine("PyTorch");
    return Finding.good("libtorch %s".formatted(engine.getVersion()));
  }

  static Finding device() {
    int gpus = Engine.getEngine("PyTorch").getGpuCount();
    return Finding.good(gpus == 0 ? "CPU" : Numbers.count(gpus, "CUDA device"));
  }

  static Finding sandbox(Supplier<Sandbox> sandboxes) throws InterruptedException {
    try (Sandbox sandbox = sandboxes.get()) {
      Report report =
          sandbox.run(new Execution(GuestLanguage.PYTHON, PROGRAM, TESTS, Limits.DEFAULT));
      return report.verdict().passed()
          ? Finding.good("ran a Python program and its test")
          : Finding.missing(
              "a right program was judged: " + VerdictText.of(report.verdict()),
              "The machine may be too busy or too small for the sandbox's Java process.");
    }
  }
}
