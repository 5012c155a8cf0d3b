package dev.mallard.generator.remote;

import dev.mallard.generator.model.Completion;
import dev.mallard.generator.model.GenerationListener;
import dev.mallard.generator.model.GenerationRequest;
import dev.mallard.generator.model.Message;
import dev.mallard.generator.model.Sampling;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/** A server and models of it, whose back-offs take no time. */
final class RemoteModelFixture implements AutoCloseable {
  final ChatServer server = new ChatServer();
  final List<Duration> sleeps = new CopyOnWriteArrayList<>();
  final Retries retries = new Retries(sleeps::add, () -> 1);

  /** What came of each candidate, of up to ten. */
  final List<StringBuilder> shown =
      IntStream.range(0, 10).mapToObj(i -> new StringBuilder()).toList();

  /** Open until the end, so that closing them is not what ends a connection. */
  private final List<RemoteModel> models = new CopyOnWriteArrayList<>();

  Patience patience = Patience.DEFAULT;
  Map<String, String> environment = Map.of();

  RemoteModelFixture() throws IOException {}

  /** Nothing may take longer than that. */
  RemoteModelFixture impatient(long millis) {
    Duration time = Duration.ofMillis(millis);
    patience = new Patience(time, time, time, time, time);
    return this;
  }

  RemoteModel open(Optional<String> name) throws InterruptedException {
    RemoteModel model =
        RemoteModel.open(
            RemoteModelOptions.read(server.address(), name, environment), patience, retries);
    models.add(model);
    return model;
  }

  RemoteModel open() throws InterruptedException {
    return open(Optional.empty());
  }

  List<Completion> generate(GenerationRequest request) throws InterruptedException {
    return generate(request, (candidate, text) -> shown.get(candidate).append(text));
  }

  List<Completion> generate(GenerationRequest request, GenerationListener listener)
      throws InterruptedException {
    return open().generate(request, listener);
  }

  Completion complete() throws InterruptedException {
    return generate(request(1)).getFirst();
  }

  static GenerationRequest request(int candidates) {
    return request(candidates, Sampling.temperature(0.8), 100);
  }

  static GenerationRequest request(
      int candidates, Sampling sampling, int maxTokens, String... stops) {
    return new GenerationRequest(
        List.of(Message.system("Be brief."), Message.user("Add.")),
        candidates,
        maxTokens,
        sampling,
        7,
        List.of(stops));
  }

  @Override
  public void close() {
    models.forEach(RemoteModel::close);
    server.close();
  }
}
