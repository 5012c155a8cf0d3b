package dev.mallard.generator.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The models that Mallard knows by name, read from the resource {@code models.json}. */
final class ModelCatalogue {
  private final List<CatalogueModel> models;

  private ModelCatalogue(List<CatalogueModel> models) {
    this.models = models;
  }

  /** The catalogue that this version of Mallard ships. */
  static ModelCatalogue load() {
    try (InputStream json = ModelCatalogue.class.getResourceAsStream("models.json")) {
      if (json == null) {
        throw new IllegalStateException("the resource models.json is missing");
      }
      return parse(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a catalogue.
   *
   * @throws IllegalArgumentException if a model lacks something or has it twice
   */
  static ModelCatalogue parse(InputStream json) {
    List<CatalogueModel> models = new ArrayList<>();
    for (JsonNode model : JsonMapper.shared().readTree(json).path("models")) {
      models.add(model(model));
    }
    if (models.stream().map(CatalogueModel::name).distinct().count() != models.size()) {
      throw new IllegalArgumentException("two models of the catalogue have one name");
    }
    return new ModelCatalogue(List.copyOf(models));
  }

  List<CatalogueModel> models() {
    return models;
  }

  Optional<CatalogueModel> find(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return models.stream().filter(model -> model.name().equals(lower)).findFirst();
  }

  /** The model that comes from a repository of Hugging Face. */
  Optional<CatalogueModel> findByRepository(String repository) {
    return models.stream()
        .filter(model ->
            model.sources().stream()
                .anyMatch(source ->
                    source instanceof ModelSource.HuggingFace hub
                        && hub.repository().equalsIgnoreCase(repository)))
        .findFirst();
  }

  /** Models that are chosen without being named, best first. */
  List<CatalogueModel> automatic() {
    return models.stream()
        .filter(model -> model.use() == CatalogueModel.Use.AUTOMATIC)
        .sorted(Comparator.comparingInt(CatalogueModel::rank).reversed())
        .toList();
  }

  /** The model of last resort. */
  CatalogueModel embeddedDefault() {
    return models.stream()
        .filter(model -> model.use() == CatalogueModel.Use.LAST_RESORT)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the catalogue has no embedded default"));
  }

  private static CatalogueModel model(JsonNode json) {
    List<ModelSource> sources = new ArrayList<>();
    for (JsonNode source : json.path("sources")) {
      sources.add(source(source));
    }
    CatalogueModel.Use use = CatalogueModel.Use.WHEN_NAMED;
    if (json.path("embeddedDefault").asBoolean(false)) {
      use = CatalogueModel.Use.LAST_RESORT;
    } else if (json.path("automatic").asBoolean(false) && json.path("codeModel").asBoolean(false)) {
      use = CatalogueModel.Use.AUTOMATIC;
    }
    return new CatalogueModel(
        text(json, "name"),
        text(json, "description"),
        number(json, "parameters"),
        text(json, "licence"),
        number(json, "approximateDownloadBytes"),
        json.path("rank").asInt(0),
        use,
        sources);
  }

  private static ModelSource source(JsonNode json) {
    return switch (text(json, "kind")) {
      case "huggingface" ->
          new ModelSource.HuggingFace(
              text(json, "repository"),
              text(json, "revision"),
              json.path("files").values().stream().map(ModelCatalogue::file).toList());
      case "npm" ->
          new ModelSource.Npm(
              file(json.path("file")),
              json.path("packages").values().stream().map(ModelCatalogue::npmPackage).toList());
      case String kind -> throw new IllegalArgumentException("unknown kind of source: " + kind);
    };
  }

  private static ModelSource.NpmPackage npmPackage(JsonNode json) {
    JsonNode tarball = json.path("tarball");
    JsonNode entry = json.path("entry");
    String name = text(json, "name");
    String version = text(json, "version");
    return new ModelSource.NpmPackage(
        name,
        version,
        new RemoteFile(name + "-" + version + ".tgz", number(tarball, "size"), sha256(tarball)),
        text(entry, "name"),
        sha256(entry));
  }

  private static RemoteFile file(JsonNode json) {
    return new RemoteFile(text(json, "name"), number(json, "size"), sha256(json));
  }

  private static ContentDigest sha256(JsonNode json) {
    return ContentDigest.sha256(text(json, "sha256"));
  }

  private static String text(JsonNode json, String field) {
    String text = json.path(field).asString("");
    if (text.isBlank()) {
      throw new IllegalArgumentException("the catalogue lacks " + field + " in " + json);
    }
    return text;
  }

  private static long number(JsonNode json, String field) {
    long number = json.path(field).asLong(0);
    if (number <= 0) {
      throw new IllegalArgumentException("the catalogue lacks " + field + " in " + json);
    }
    return number;
  }
}
