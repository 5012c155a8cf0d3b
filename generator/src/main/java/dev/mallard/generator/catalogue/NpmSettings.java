package dev.mallard.generator.catalogue;

import dev.mallard.generator.http.HttpAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the npm registry that this user uses; Mallard names none itself. */
record NpmSettings(Map<String, String> environment, Path home, NpmClient client) {
  private static final Pattern REGISTRY = Pattern.compile("\\s*registry\\s*=\\s*(.*?)\\s*");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z0-9_]+)}");

  /**
   * The registry: from the environment, else from the user's {@code .npmrc}, else from the
   * installed client.
   *
   * @throws UnavailableException if none of them names one
   */
  URI registry() throws InterruptedException {
    Optional<URI> configured =
        Stream.of("npm_config_registry", "NPM_CONFIG_REGISTRY")
            .map(name -> environment.getOrDefault(name, ""))
            .flatMap(text -> HttpAddress.parse(text).stream())
            .findFirst()
            .or(this::fromUserConfiguration);
    if (configured.isPresent()) {
      return configured.get();
    }
    return client
        .registry(home)
        .flatMap(HttpAddress::parse)
        .orElseThrow(() ->
            new UnavailableException(
                UnavailableException.Reason.UNREACHABLE,
                "No npm registry is known, which has the embedded default: install npm, or set"
                    + " npm_config_registry to the registry's address.",
                null));
  }

  private Optional<URI> fromUserConfiguration() {
    String own = environment.getOrDefault("npm_config_userconfig", "");
    Path file = own.isBlank() ? home.resolve(".npmrc") : Path.of(own);
    try {
      if (!Files.isRegularFile(file)) {
        return Optional.empty();
      }
      // The last of several settings counts, as in the client.
      return Files.readAllLines(file).stream()
          .map(REGISTRY::matcher)
          .filter(Matcher::matches)
          .map(line -> expand(line.group(1).replace("\"", "").replace("'", "")))
          .reduce((first, second) -> second)
          .flatMap(HttpAddress::parse);
    } catch (IOException e) {
      return Optional.empty(); // unreadable for us: the client may know more
    }
  }

  private String expand(String value) {
    return VARIABLE
        .matcher(value)
        .replaceAll(match ->
            Matcher.quoteReplacement(environment.getOrDefault(match.group(1), match.group())));
  }
}
