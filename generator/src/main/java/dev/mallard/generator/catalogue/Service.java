package dev.mallard.generator.catalogue;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * A server that models come from.
 *
 * @param name for people
 * @param base address under which it answers, without a slash at its end
 * @param token that proves who asks; only ever sent to the host of {@code base}
 * @param setting what the user can set to have another server
 */
record Service(String name, URI base, Optional<String> token, String setting) {

  /** Resolves a path, which is encoded already, below the base. */
  URI at(String path) {
    return URI.create(base + "/" + path);
  }

  /** Whether an address is of this very server: same scheme, host and port. */
  boolean owns(URI uri) {
    return uri.getHost() != null
        && uri.getScheme().equalsIgnoreCase(base.getScheme())
        && uri.getHost().equalsIgnoreCase(base.getHost())
        && port(uri) == port(base);
  }

  private static int port(URI uri) {
    if (uri.getPort() != -1) {
      return uri.getPort();
    }
    return uri.getScheme().toLowerCase(Locale.ROOT).equals("https") ? 443 : 80;
  }

  @Override
  public String toString() {
    return name + " (" + base + ")";
  }
}
