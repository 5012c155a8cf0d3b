package dev.mallard.benchmarks.dataset;

import java.util.List;

/**
 * What is known of a data set without having it.
 *
 * @param name what it is asked for by, such as {@code humaneval}
 * @param description one sentence: what is asked and how it is judged
 * @param tasks how many tasks it has
 * @param licence its SPDX name, or a word on it
 * @param source its paper or home page
 * @param files where it is found; empty if it comes with Mallard or if users bring their own
 */
public record DataSetInfo(
    String name,
    String description,
    int tasks,
    String licence,
    String source,
    List<RemoteDataFile> files) {
  public DataSetInfo {
    files = List.copyOf(files);
  }
}
