package dev.mallard.generator;

import java.util.Map;

/**
 * Settles how DJL loads its native libraries, before it does: by itself it reports every start to
 * its makers, looks for other builds on the network where it sees a GPU, and unpacks into the home
 * directory.
 */
public final class NativeLibraries {
  /** The flavour of libtorch that runs on GPUs, as DJL names it. */
  private static final String CUDA_FLAVOR = "cu128";

  /**
   * libtorch's version with a suffix that DJL ignores in its downloads: where the version is not
   * the one on the class path, which is for processors only, DJL fetches the flavour it is told.
   */
  private static final String CUDA_VERSION = "2.7.1-0";

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

  /**
   * The same for a GPU: libtorch is the one in {@code PYTORCH_LIBRARY_PATH}, else it is fetched
   * from DJL's makers (publish.djl.ai) and kept. Has no effect once libtorch is loaded.
   */
  public static void prepareGpu() {
    prepare();
    if (System.getenv("PYTORCH_LIBRARY_PATH") == null) {
      System.setProperty("ai.djl.offline", "false");
      System.setProperty("PYTORCH_FLAVOR", CUDA_FLAVOR);
      System.setProperty("PYTORCH_VERSION", CUDA_VERSION);
    }
  }
}
