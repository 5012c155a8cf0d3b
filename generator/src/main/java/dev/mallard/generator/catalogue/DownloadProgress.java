package dev.mallard.generator.catalogue;

/** Watches a download. Called on the thread that downloads, at most some ten times a second. */
public interface DownloadProgress {
  DownloadProgress SILENT = state -> {};

  /** How far it is; the last call of a download that succeeds has {@code bytes == total}. */
  void onProgress(State state);

  /** Something that people should know, in one sentence: another process has the lock, a retry. */
  default void onMessage(String sentence) {}

  /**
   * How far a download is.
   *
   * @param model what is downloaded, by name
   * @param bytes on disk so far, those of an earlier try included
   * @param total when it is whole
   * @param bytesPerSecond since it began, without those of an earlier try
   */
  record State(String model, long bytes, long total, double bytesPerSecond) {}
}
