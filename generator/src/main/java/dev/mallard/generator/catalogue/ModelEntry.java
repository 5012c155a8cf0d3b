package dev.mallard.generator.catalogue;

import java.util.Optional;

/**
 * A model in a list: of the catalogue, on this machine, or both.
 *
 * @param name as the user says it
 * @param catalogued what the catalogue knows of it
 * @param installed where it is on this machine
 * @param state whether it can be used here
 * @param memoryBytes about what it needs here while it runs; 0 if that is not known
 */
public record ModelEntry(
    String name,
    Optional<CatalogueModel> catalogued,
    Optional<InstalledModel> installed,
    State state,
    long memoryBytes) {

  /** Whether a model can be used on this machine. */
  public enum State {
    /** It is here. */
    DOWNLOADED,
    /** It can be got, and fits. */
    FITS,
    /** It can be got, but needs more memory than there is. */
    TOO_LARGE
  }
}
