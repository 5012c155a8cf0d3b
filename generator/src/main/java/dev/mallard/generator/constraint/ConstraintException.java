package dev.mallard.generator.constraint;

/** It could not be found what may come next: there is something wrong with the grammar, or here. */
public final class ConstraintException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ConstraintException(Throwable cause) {
    super("the tokens that the grammar allows could not be found", cause);
  }
}
