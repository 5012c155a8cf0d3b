package dev.mallard.generator.catalogue;

import dev.mallard.generator.http.Sleeper;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/**
 * What a library of models asks of the world, so that tests can be without it.
 *
 * @param home of the user
 * @param http does not follow redirects
 */
record Outside(
    Path home, HttpClient http, NpmClient npm, Disk disk, Sleeper sleeper, InstantSource clock) {
  private static final Duration CONNECT = Duration.ofSeconds(3);

  static Outside real() {
    HttpClient http =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1) // one stream over HTTP/2 is slower, not faster
            .build();
    return new Outside(
        Path.of(System.getProperty("user.home")),
        http,
        NpmClient.INSTALLED,
        Disk.REAL,
        Thread::sleep,
        InstantSource.system());
  }
}
