package dev.mallard.generator.http;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** The header by which a server says how long to wait (RFC 9110, section 10.2.3). */
public final class RetryAfter {
  private RetryAfter() {}

  /** The wait, if there is the header and it can be read; never negative. */
  public static Optional<Duration> of(HttpResponse<?> response) {
    return response.headers().firstValue("Retry-After").flatMap(RetryAfter::parse);
  }

  private static Optional<Duration> parse(String value) {
    String text = value.strip();
    try {
      if (!text.isEmpty() && text.length() <= 9 && text.chars().allMatch(Character::isDigit)) {
        return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
      }
      Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration wait = Duration.between(Instant.now(), until);
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
