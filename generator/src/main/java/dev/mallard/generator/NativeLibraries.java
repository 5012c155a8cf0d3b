package dev.mallard.generator;

import java.util.Map;

/**
 * Settles how DJL loads its native libraries, before it does: by itself it reports every start to
 * its makers, looks for other builds on the network where it sees a GPU, and unpacks into the home
 * directory.
 */
public final class NativeLibraries {
  private NativeLibraries() {}

  /** Must be called before the first use of DJL; what the user has set already is kept. */
  public static void prepare() {
    Map<String, String> settings =
        Map.of(
            "OPT_OUT_TRACKING", "true",
            "ai.djl.offline", "true",
            "PYTORCH_FLAVOR", "cpu",
            "RUST_FLAVOR", "cpu",
            "ENGINE_CACHE_DIR",
                CacheDirectory.locate(System.getenv()).resolve("native").toString());
    settings.forEach((name, value) -> {
      if (System.getenv(name) == null && System.getProperty(name) == null) {
        System.setProperty(name, value);
      }
    });
  }
}
