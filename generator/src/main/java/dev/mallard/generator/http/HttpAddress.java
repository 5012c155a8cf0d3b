package dev.mallard.generator.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** Reads addresses of servers as users write them. */
public final class HttpAddress {
  private HttpAddress() {}

  /** The address without slashes at its end, if it is one of http or https. */
  public static Optional<URI> parse(String text) {
    String bare = text.strip();
    while (bare.endsWith("/")) {
      bare = bare.substring(0, bare.length() - 1);
    }
    try {
      URI uri = new URI(bare);
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      boolean http = scheme.equals("http") || scheme.equals("https");
      return http && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
