package dev.mallard.generator.model;

/** Watches a generation. Called on the thread that generates. */
@FunctionalInterface
public interface GenerationListener {
  GenerationListener SILENT = (candidate, text) -> {};

  /** After so many tokens {@link #isComplete} is asked, whatever is in them. */
  int TOKENS_BETWEEN_QUESTIONS = 32;

  /**
   * More text of a candidate: whole characters only, and nothing that may yet turn out to be part
   * of a stop string.
   *
   * @param candidate from 0
   * @param text what was added, not empty
   */
  void onText(int candidate, String text);

  /**
   * Whether a candidate that has this text needs no more, which ends it. Asked after each token
   * with the end of a line or a fence in it, and after every {@value #TOKENS_BETWEEN_QUESTIONS}th,
   * on the thread that decodes, so that what the others of its batch are computed with does not
   * depend on how threads are scheduled; the answer must be quick and depend on nothing else.
   *
   * @param text all of the candidate so far
   */
  default boolean isComplete(String text) {
    return false;
  }

  /** Whether a character, of which UTF-8 has one byte, may end a line or be of a fence. */
  static boolean isAskedAfter(int character) {
    return character == '\n' || character == '`' || character == '~';
  }

  /** Asked before every decode step; once true, what there is so far is returned. */
  default boolean cancelled() {
    return false;
  }
}
