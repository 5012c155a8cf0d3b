package dev.mallard.generator.catalogue;

import dev.mallard.generator.catalogue.UnavailableException.Reason;
import dev.mallard.generator.http.RetryAfter;
import java.net.http.HttpResponse;

/** What to tell the user about an answer that is no success. */
final class HttpFailures {
  private HttpFailures() {}

  static UnavailableException of(Service service, HttpResponse<?> response, String subject) {
    int status = response.statusCode();
    return switch (status) {
      case 401 ->
          refused(
              service.token().isPresent()
                  ? "%s does not accept the token for %s (401): check HF_TOKEN and the name."
                      .formatted(service, subject)
                  : ("%s gives %s to nobody it does not know (401): check the name, and if the"
                          + " model is gated, accept its licence on its page and set HF_TOKEN.")
                      .formatted(service, subject));
      case 403 ->
          refused(
              "%s does not let you have %s (403): accept its licence on its page, with the account"
                      .formatted(service, subject)
                  + " of your HF_TOKEN.");
      case 404, 410 ->
          refused(
              "%s has no %s (%d): check the name and the revision."
                  .formatted(service, subject, status));
      case 429 ->
          busy(
              "%s asks to wait%s (429): try again later, or set HF_TOKEN for a higher limit."
                  .formatted(
                      service,
                      RetryAfter.of(response)
                          .map(wait -> " " + wait.toSeconds() + " seconds")
                          .orElse("")));
      default ->
          status >= 500
              ? busy("%s is in trouble (%d): try again later.".formatted(service, status))
              : refused(
                  "%s answered %d for %s: check %s."
                      .formatted(service, status, subject, service.setting()));
    };
  }

  private static UnavailableException refused(String message) {
    return new UnavailableException(Reason.REFUSED, message, null);
  }

  private static UnavailableException busy(String message) {
    return new UnavailableException(Reason.BUSY, message, null);
  }
}
