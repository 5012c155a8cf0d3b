package dev.mallard.generator;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Where Mallard keeps what it can fetch or compute again: models, converted weights, logs. */
public final class CacheDirectory {
  private CacheDirectory() {}

  /**
   * {@code MALLARD_CACHE} where it is set; else {@code mallard} under the user's cache directory
   * ({@code XDG_CACHE_HOME}, {@code ~/Library/Caches} on macOS, {@code ~/.cache}).
   */
  public static Path locate(Map<String, String> environment) {
    String own = environment.getOrDefault("MALLARD_CACHE", "");
    if (!own.isBlank()) {
      return Path.of(own).toAbsolutePath();
    }
    String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
    if (!xdg.isBlank()) {
      return Path.of(xdg).toAbsolutePath().resolve("mallard");
    }
    Path home = Path.of(System.getProperty("user.home"));
    boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
    return home.resolve(mac ? "Library/Caches/mallard" : ".cache/mallard");
  }
}
