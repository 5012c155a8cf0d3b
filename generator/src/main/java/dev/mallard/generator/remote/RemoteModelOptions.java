package dev.mallard.generator.remote;

import dev.mallard.generator.UserException;
import dev.mallard.generator.http.HttpAddress;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which model of which server.
 *
 * @param endpoint address of the server's API, such as {@code http://localhost:8000/v1}
 * @param model the name that the server knows it by; empty for the only one that the server has
 * @param apiKey proves who asks; sent to the endpoint and nowhere else, and never shown
 */
public record RemoteModelOptions(URI endpoint, Optional<String> model, Optional<String> apiKey) {
  private static final String CHAT = "/chat/completions";
  private static final String OWN_KEY = "MALLARD_API_KEY";
  private static final String COMMON_KEY = "OPENAI_API_KEY";

  /**
   * Checks the options.
   *
   * @throws UserException if the key would go over an open network
   */
  public RemoteModelOptions {
    boolean open = !"https".equalsIgnoreCase(endpoint.getScheme()) && !isLoopback(endpoint);
    if (open && apiKey.isPresent()) {
      throw new UserException(
          "The API key is not sent to %s in the clear: use https, or a tunnel to localhost, or set %s to nothing if the server wants no key."
              .formatted(endpoint, OWN_KEY));
    }
  }

  /**
   * Reads the options of a user.
   *
   * @param endpoint as the user wrote it
   * @param model as the user wrote it
   * @param environment has the key in {@code MALLARD_API_KEY}, or if that is not set in {@code
   *     OPENAI_API_KEY}
   * @throws UserException if one of them cannot be meant
   */
  public static RemoteModelOptions read(
      String endpoint, Optional<String> model, Map<String, String> environment) {
    return new RemoteModelOptions(
        address(endpoint),
        model.map(String::strip).filter(name -> !name.isEmpty()),
        key(environment));
  }

  private static URI address(String text) {
    // What may hold a secret is not repeated.
    if (text.contains("@") || text.contains("?") || text.contains("#")) {
      throw new UserException(
          "The address of --endpoint must have no user, query or fragment: a key belongs into %s."
              .formatted(OWN_KEY));
    }
    URI uri =
        HttpAddress.parse(text)
            .filter(address -> address.getPort() != 0 && address.getPort() <= 0xffff)
            .orElseThrow(() ->
                new UserException(
                    "--endpoint is no http or https address: %s. Write it like http://localhost:8000/v1."
                        .formatted(text)));
    String address = uri.toString();
    return address.endsWith(CHAT)
        ? URI.create(address.substring(0, address.length() - CHAT.length()))
        : uri;
  }

  private static Optional<String> key(Map<String, String> environment) {
    String name = environment.containsKey(OWN_KEY) ? OWN_KEY : COMMON_KEY;
    Optional<String> key =
        Optional.ofNullable(environment.get(name))
            .map(String::strip)
            .filter(text -> !text.isEmpty());
    // The key itself stays out of every message.
    if (key.isPresent() && key.get().chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new UserException(name + " holds characters that no key has: set it again.");
    }
    return key;
  }

  /** Whether the address says so itself; no name is looked up, as the answer may be a lie. */
  private static boolean isLoopback(URI address) {
    String host = address.getHost().toLowerCase(Locale.ROOT);
    if (host.equals("localhost") || host.endsWith(".localhost")) {
      return true;
    }
    try {
      return InetAddress.ofLiteral(host).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false; // a name
    }
  }

  @Override
  public String toString() {
    return "RemoteModelOptions[endpoint=%s, model=%s, apiKey=%s]"
        .formatted(endpoint, model, apiKey.isPresent() ? "hidden" : "none");
  }
}
