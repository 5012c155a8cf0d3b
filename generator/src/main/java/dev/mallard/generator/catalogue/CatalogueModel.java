package dev.mallard.generator.catalogue;

import java.util.List;

/** A model that Mallard knows by name. */
public final class CatalogueModel {
  private final String name;
  private final String description;
  private final long parameters;
  private final String licence;
  private final long approximateDownloadBytes;
  private final int rank;
  private final Use use;
  private final List<ModelSource> sources;

  /** When a model is taken without having been named. */
  enum Use {
    /** A code model, taken when it is the best that fits. */
    AUTOMATIC,
    /** Taken when nothing better can be had. */
    LAST_RESORT,
    /** Never: its licence or its purpose needs a decision. */
    WHEN_NAMED
  }

  CatalogueModel(
      String name,
      String description,
      long parameters,
      String licence,
      long approximateDownloadBytes,
      int rank,
      Use use,
      List<ModelSource> sources) {
    this.name = name;
    this.description = description;
    this.parameters = parameters;
    this.licence = licence;
    this.approximateDownloadBytes = approximateDownloadBytes;
    this.rank = rank;
    this.use = use;
    this.sources = List.copyOf(sources);
  }

  public String name() {
    return name;
  }

  public String description() {
    return description;
  }

  public long parameters() {
    return parameters;
  }

  public String licence() {
    return licence;
  }

  /** About how many bytes a download takes; the server says exactly how many before it begins. */
  public long approximateDownloadBytes() {
    return approximateDownloadBytes;
  }

  /** Where the files come from, for people, in the order in which they are tried. */
  public List<String> sourceDescriptions() {
    return sources.stream().map(ModelSource::description).toList();
  }

  /** Better code models have the higher rank. */
  int rank() {
    return rank;
  }

  Use use() {
    return use;
  }

  List<ModelSource> sources() {
    return sources;
  }
}
