package dev.mallard.generator.model;

/** Watches a generation. Called on the thread that generates. */
@FunctionalInterface
public interface GenerationListener {
  GenerationListener SILENT = (candidate, text) -> {};

  /**
   * More text of a candidate: whole characters only, and nothing that may yet turn out to be part
   * of a stop string.
   *
   * @param candidate from 0
   * @param text what was added, not empty
   */
  void onText(int candidate, String text);

  /** Asked before every decode step; once true, what there is so far is returned. */
  default boolean cancelled() {
    return false;
  }
}
