package dev.mallard.generator.catalogue;

import dev.mallard.generator.UserException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a user can mean by the name of a model. */
sealed interface ModelReference {
  /** {@code organisation/name@revision}, as the hub allows them. */
  Pattern REPOSITORY =
      Pattern.compile(
          "(?<repository>[A-Za-z0-9][A-Za-z0-9._-]{0,95}/[A-Za-z0-9][A-Za-z0-9._-]{0,95})"
              + "(@(?<revision>[A-Za-z0-9][A-Za-z0-9._/-]{0,99}))?");

  /** A file or folder of the user's. */
  record Local(Path path) implements ModelReference {}

  /** A model that is kept in the store. */
  sealed interface Stored extends ModelReference {
    /** As the user says it. */
    String name();

    /** Name of its folder in the store. */
    String key();

    List<ModelSource> sources();
  }

  /** A model of the catalogue. */
  record Catalogued(CatalogueModel model) implements Stored {
    @Override
    public String name() {
      return model.name();
    }

    @Override
    public String key() {
      return model.name();
    }

    @Override
    public List<ModelSource> sources() {
      return model.sources();
    }
  }

  /** A repository of Hugging Face that the catalogue does not know. */
  record Repository(String repository, String revision) implements Stored {
    @Override
    public String name() {
      return revision.equals("main") ? repository : repository + "@" + revision;
    }

    @Override
    public String key() {
      return name().replace("/", "--");
    }

    @Override
    public List<ModelSource> sources() {
      return List.of(new ModelSource.HuggingFace(repository, revision, List.of()));
    }
  }

  /**
   * Reads a name: of the catalogue, a path that exists, or {@code
   * [hf:]organisation/name[@revision]}.
   *
   * @throws UserException if it is none of them
   */
  static ModelReference parse(String text, ModelCatalogue catalogue) {
    String name = text.strip();
    Optional<CatalogueModel> known = catalogue.find(name);
    if (known.isPresent()) {
      return new Catalogued(known.get());
    }
    if (name.regionMatches(true, 0, "hf:", 0, 3)) {
      return repository(name.substring(3), catalogue)
          .orElseThrow(() ->
              new UserException(
                  name + " is no repository of Hugging Face: write hf:ORGANISATION/NAME."));
    }
    Optional<Path> path = existing(name);
    if (path.isPresent()) {
      return new Local(path.get());
    }
    if (looksLikePath(name)) {
      throw new UserException(
          "There is no file or folder " + name + ": check the path, or name a model.");
    }
    return repository(name, catalogue).orElseThrow(() -> unknown(name, catalogue));
  }

  /**
   * Reads the name of a model that is kept in the store; a path is none.
   *
   * @throws UserException if it is none
   */
  static Stored parseStored(String text, ModelCatalogue catalogue) {
    String name = text.strip();
    Optional<CatalogueModel> known = catalogue.find(name);
    if (known.isPresent()) {
      return new Catalogued(known.get());
    }
    String bare = name.regionMatches(true, 0, "hf:", 0, 3) ? name.substring(3) : name;
    return repository(bare, catalogue).orElseThrow(() -> unknown(name, catalogue));
  }

  private static Optional<Stored> repository(String text, ModelCatalogue catalogue) {
    Matcher matcher = REPOSITORY.matcher(text);
    // The hub allows neither "--", which its cache's folders use, nor "..".
    if (!matcher.matches() || text.contains("..") || text.contains("--")) {
      return Optional.empty();
    }
    String repository = matcher.group("repository");
    Optional<String> revision = Optional.ofNullable(matcher.group("revision"));
    Optional<CatalogueModel> known =
        revision.isEmpty() ? catalogue.findByRepository(repository) : Optional.empty();
    return Optional.of(
        known.isPresent()
            ? new Catalogued(known.get())
            : new Repository(repository, revision.orElse("main")));
  }

  private static Optional<Path> existing(String name) {
    try {
      return Optional.of(name)
          .filter(text -> !text.isEmpty())
          .map(Path::of)
          .filter(Files::exists)
          .map(Path::toAbsolutePath);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static boolean looksLikePath(String name) {
    return name.startsWith("/")
        || name.startsWith(".")
        || name.startsWith("~")
        || name.contains("\\")
        || name.toLowerCase(Locale.ROOT).endsWith(".gguf");
  }

  private static UserException unknown(String name, ModelCatalogue catalogue) {
    List<String> names = catalogue.models().stream().map(CatalogueModel::name).toList();
    return new UserException(
        "There is no model %s: %s 'mallard models list' shows all; a path and hf:ORGANISATION/NAME"
                .formatted(
                    name.isEmpty() ? "without a name" : name,
                    NearestName.of(name, names)
                        .map(nearest -> "did you mean " + nearest + "?")
                        .orElse("check the name;"))
            + " work as well.");
  }
}
