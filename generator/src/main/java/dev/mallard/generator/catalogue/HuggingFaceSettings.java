package dev.mallard.generator.catalogue;

import dev.mallard.generator.UserException;
import dev.mallard.generator.http.HttpAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the environment says of Hugging Face, read as its own client reads it.
 *
 * @param endpoint where the hub answers ({@code HF_ENDPOINT})
 * @param token of the user ({@code HF_TOKEN}, or the file that logging in leaves)
 * @param cache what its client has downloaded ({@code HF_HUB_CACHE}, {@code HF_HOME})
 * @param offline whether the network is not to be used ({@code HF_HUB_OFFLINE})
 */
record HuggingFaceSettings(URI endpoint, Optional<String> token, Path cache, boolean offline) {
  private static final Set<String> TRUE = Set.of("1", "ON", "YES", "TRUE");

  /**
   * Reads the settings.
   *
   * @throws UserException if one of them cannot be meant
   */
  static HuggingFaceSettings read(Map<String, String> environment, Path home) {
    Path cacheHome =
        value(environment, "XDG_CACHE_HOME").map(Path::of).orElse(home.resolve(".cache"));
    Path own =
        value(environment, "HF_HOME")
            .map(path -> expand(path, home))
            .orElse(cacheHome.resolve("huggingface"));
    Path cache =
        value(environment, "HF_HUB_CACHE")
            .or(() -> value(environment, "HUGGINGFACE_HUB_CACHE"))
            .map(path -> expand(path, home))
            .orElse(own.resolve("hub"));
    Path tokenFile =
        value(environment, "HF_TOKEN_PATH")
            .map(path -> expand(path, home))
            .orElse(own.resolve("token"));
    return new HuggingFaceSettings(
        endpoint(value(environment, "HF_ENDPOINT").orElse("https://huggingface.co")),
        value(environment, "HF_TOKEN").or(() -> read(tokenFile)).map(HuggingFaceSettings::checked),
        cache,
        value(environment, "HF_HUB_OFFLINE")
            .map(text -> TRUE.contains(text.toUpperCase(Locale.ROOT)))
            .orElse(false));
  }

  Service service() {
    return new Service("Hugging Face", endpoint, token, "HF_ENDPOINT");
  }

  private static URI endpoint(String text) {
    return HttpAddress.parse(text)
        .orElseThrow(() ->
            new UserException(
                "HF_ENDPOINT is no http or https address: " + text + ". Put it right."));
  }

  private static String checked(String token) {
    // The token itself stays out of every message.
    if (token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new UserException("HF_TOKEN holds characters that no token has: set it again.");
    }
    return token;
  }

  private static Optional<String> read(Path file) {
    try {
      return Files.isRegularFile(file)
          ? Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // as if there were none, like the hub's own client
    }
  }

  private static Path expand(String path, Path home) {
    return path.startsWith("~/") ? home.resolve(path.substring(2)) : Path.of(path);
  }

  private static Optional<String> value(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name))
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }
}
