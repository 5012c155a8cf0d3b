package dev.mallard.generator.remote;

import dev.mallard.generator.UserException;
import dev.mallard.generator.model.Completion;
import dev.mallard.generator.model.GenerationListener;
import dev.mallard.generator.model.GenerationRequest;
import dev.mallard.generator.model.LanguageModel;
import dev.mallard.generator.model.Message;
import dev.mallard.generator.remote.ServedModels.Served;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A language model that an OpenAI-compatible server runs, such as vLLM, llama.cpp's server, Ollama
 * or DJL Serving.
 *
 * <p>The server has the tokenizer and the sampler. So lengths in tokens are estimates until it has
 * answered; the same request gives the same completions only as far as the server keeps to the
 * seed; and filters that a request leaves open (top-k, min-p) are the server's own defaults.
 *
 * <p>A request is sent again, with growing pauses, while nothing of its completions has come.
 */
public final class RemoteModel implements LanguageModel {
  private final Connection connection;
  private final Retries retries;
  private final Served model;
  private final ServerTraits traits = new ServerTraits();

  private RemoteModel(Connection connection, Retries retries, Served model) {
    this.connection = connection;
    this.retries = retries;
    this.model = model;
  }

  /**
   * Finds a model on its server, which is asked for its models.
   *
   * @throws UserException if the server cannot be reached or wants a key, or if no model was named
   *     and the server does not have exactly one
   * @throws InterruptedException if the calling thread is interrupted
   */
  public static RemoteModel open(RemoteModelOptions options) throws InterruptedException {
    Retries retries = new Retries(Thread::sleep, () -> ThreadLocalRandom.current().nextDouble());
    return open(options, Patience.DEFAULT, retries);
  }

  static RemoteModel open(RemoteModelOptions options, Patience patience, Retries retries)
      throws InterruptedException {
    Endpoint endpoint = new Endpoint(options.endpoint(), options.apiKey());
    Connection connection = new Connection(endpoint, patience);
    boolean opened = false;
    try {
      Served model = models(connection, retries, options).choose(options.model(), endpoint);
      RemoteModel remote = new RemoteModel(connection, retries, model);
      opened = true;
      return remote;
    } catch (RemoteFailure failure) {
      throw failure.forUser();
    } finally {
      if (!opened) {
        connection.close();
      }
    }
  }

  private static ServedModels models(
      Connection connection, Retries retries, RemoteModelOptions options)
      throws RemoteFailure, InterruptedException {
    Failures failures = new Failures(connection.endpoint(), options.model().orElse(""));
    try {
      return ServedModels.read(retries.run(() -> connection.models(failures)));
    } catch (RemoteFailure failure) {
      boolean noList = failure.status() == 404 || failure.status() == 405;
      if (noList && options.model().isPresent()) {
        return new ServedModels(List.of());
      }
      throw failure;
    }
  }

  @Override
  public String description() {
    return "%s at %s".formatted(ServerWords.oneLine(model.name()), connection.endpoint());
  }

  /** What the server says of the model, else 4096. */
  @Override
  public int contextLength() {
    return model.contextLength().orElse(ServedModels.USUAL_CONTEXT);
  }

  /** An estimate from the length of the text, rather too high than too low. */
  @Override
  public int countTokens(List<Message> conversation) {
    return TokenEstimate.of(conversation);
  }

  /**
   * Asks the server for completions, as {@link LanguageModel#generate} says. Numbers of tokens are
   * the server's where it gives them, else estimates. The end token cannot always be told from a
   * stop string.
   *
   * @throws UserException if the server cannot be reached, refuses the request, stops to answer, or
   *     if the prompt is too long for the model
   */
  @Override
  public List<Completion> generate(GenerationRequest request, GenerationListener listener)
      throws InterruptedException {
    if (request.form().isPresent()) {
      throw new UserException(
          "A model behind an endpoint cannot be held to a grammar: use --grammar off or prompt, or a model that runs here.");
    }
    int room = contextLength() - countTokens(request.conversation());
    // The estimate may be wrong: whether the prompt fits is the server's to say.
    int maxTokens =
        model.contextLength().isPresent() && room > 0
            ? Math.min(room, request.maxTokens())
            : request.maxTokens();
    return new Generation(connection, retries, traits, model.name(), request, maxTokens, listener)
        .run();
  }

  /** Ends what is being generated, and all connections. */
  @Override
  public void close() {
    connection.close();
  }
}
