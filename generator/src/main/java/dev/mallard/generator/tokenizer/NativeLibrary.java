package dev.mallard.generator.tokenizer;

import dev.mallard.generator.CacheDirectory;
import java.util.Map;

/**
 * Settles how DJL loads the native tokenizer library, before it does: by itself DJL reports every
 * start to its makers, fetches another build of the library where it sees a GPU, and unpacks into
 * the home directory.
 */
final class NativeLibrary {
  private NativeLibrary() {}

  static void prepare() {
    Map<String, String> settings =
        Map.of(
            "OPT_OUT_TRACKING",
            "true",
            "RUST_FLAVOR",
            "cpu",
            "ENGINE_CACHE_DIR",
            CacheDirectory.locate(System.getenv()).resolve("native").toString());
    settings.forEach((name, value) -> {
      if (System.getenv(name) == null && System.getProperty(name) == null) {
        System.setProperty(name, value);
      }
    });
  }
}
