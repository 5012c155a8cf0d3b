package dev.mallard.generator.remote;

import java.time.Duration;

/**
 * How long to wait for a server.
 *
 * @param connect until it takes a connection
 * @param models until it has listed its models
 * @param first until something of a completion comes: a busy server lets requests wait, and a long
 *     prompt takes its time
 * @param next from there until more comes
 * @param last once all completions have ended, until the answer does
 */
record Patience(Duration connect, Duration models, Duration first, Duration next, Duration last) {
  static final Patience DEFAULT =
      new Patience(
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          Duration.ofMinutes(10),
          Duration.ofMinutes(2),
          Duration.ofSeconds(5));
}
