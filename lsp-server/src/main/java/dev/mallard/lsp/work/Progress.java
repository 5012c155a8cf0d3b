package dev.mallard.lsp.work;

/** Is told how far something is. */
public interface Progress {
  /** What is being done now, in a few words. */
  void report(String message);
}
