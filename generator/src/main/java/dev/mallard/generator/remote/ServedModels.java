package dev.mallard.generator.remote;

import dev.mallard.generator.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The models that a server has. */
record ServedModels(List<Served> models) {
  /** The shortest context that common servers give a model by themselves (that of Ollama). */
  static final int USUAL_CONTEXT = 4096;

  private static final int LONGEST_NAME = 1000;
  private static final int MOST_SHOWN = 20;

  /**
   * One of the models.
   *
   * @param name that requests must have
   * @param contextLength in tokens, where the server says it
   */
  record Served(String name, OptionalInt contextLength) {}

  /** Reads an answer to {@code GET /models}; what is no model of it is passed over. */
  static ServedModels read(JsonNode answer) {
    List<Served> models = new ArrayList<>();
    for (JsonNode model : answer.path("data")) {
      String name = model.path("id").asStringOpt().orElse("");
      if (!name.isBlank() && name.length() <= LONGEST_NAME) {
        models.add(new Served(name, contextLength(model)));
      }
    }
    return new ServedModels(List.copyOf(models));
  }

  /** What vLLM calls {@code max_model_len}, and llama.cpp's server {@code n_ctx}. */
  private static OptionalInt contextLength(JsonNode model) {
    JsonNode meta = model.path("meta");
    for (JsonNode length :
        List.of(model.path("max_model_len"), meta.path("n_ctx"), meta.path("n_ctx_train"))) {
      if (length.isInt() && length.intValue() > 0) {
        return OptionalInt.of(length.intValue());
      }
    }
    return OptionalInt.empty();
  }

  /**
   * Finds the model that the user means.
   *
   * @param name as the user wrote it; a model of that name is taken to exist, as not all servers
   *     list all of theirs
   * @throws UserException if no name was given and there is not exactly one model
   */
  Served choose(Optional<String> name, Endpoint endpoint) {
    if (name.isPresent()) {
      return models.stream()
          .filter(model ->
              model.name().equals(name.get()) || model.name().equals(name.get() + ":latest"))
          .findFirst()
          .map(model -> new Served(name.get(), model.contextLength()))
          .orElse(new Served(name.get(), OptionalInt.empty()));
    }
    if (models.isEmpty()) {
      throw new UserException(
          "%s lists no models: name one with --model, or load one into the server."
              .formatted(endpoint));
    }
    if (models.size() > 1) {
      String names =
          models.stream()
              .limit(MOST_SHOWN)
              .map(model -> ServerWords.oneLine(model.name()))
              .collect(Collectors.joining(", "));
      throw new UserException(
          "%s has several models, so name one with --model: %s%s."
              .formatted(endpoint, names, models.size() > MOST_SHOWN ? ", and others" : ""));
    }
    return models.getFirst();
  }
}
