package dev.mallard.generator.remote;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Optional;

/**
 * Where a server answers, and the key for it.
 *
 * @param base without a slash at its end
 * @param key sent with every request, and never shown
 */
record Endpoint(URI base, Optional<String> key) {

  /** Begins a request for a path, which is encoded already, below the base. */
  HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + "/" + path)).setHeader("User-Agent", "mallard");
    key.ifPresent(secret -> request.setHeader("Authorization", "Bearer " + secret));
    return request;
  }

  /** The address alone. */
  @Override
  public String toString() {
    return base.toString();
  }
}
