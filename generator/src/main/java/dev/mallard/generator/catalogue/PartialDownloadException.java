package dev.mallard.generator.catalogue;

import dev.mallard.generator.UserException;
import org.jspecify.annotations.Nullable;

/** A download began and did not end well. */
class PartialDownloadException extends UserException {
  private static final long serialVersionUID = 1L;

  PartialDownloadException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
