package dev.mallard.generator.tokenizer;

/**
 * A token that stands beside the ordinary vocabulary and is found in text as a whole.
 *
 * @param content how it is spelled
 * @param special whether it is markup, that a completion's text leaves out
 * @param stripsLeft whether it takes in the white space before it
 * @param stripsRight whether it takes in the white space after it
 */
record AddedToken(
    int id, String content, boolean special, boolean stripsLeft, boolean stripsRight) {

  /**
   * Whether it has a meaning beyond its spelling, so that data must not contain it. Runs of white
   * space, that some vocabularies add, have none.
   */
  boolean isMarkup() {
    return special || !content.isBlank();
  }
}
