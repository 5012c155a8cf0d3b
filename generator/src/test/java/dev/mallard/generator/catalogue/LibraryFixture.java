package dev.mallard.generator.catalogue;

import dev.mallard.generator.model.Precision;
import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A library of models in a folder of its own, that sleeps without taking time. */
final class LibraryFixture {
  static final DeviceMemory LARGE = new DeviceMemory(64L << 30, Precision.INT8);

  final Path home;
  final Map<String, String> environment = new HashMap<>();
  final List<Duration> sleeps = new CopyOnWriteArrayList<>();
  final List<String> messages = new CopyOnWriteArrayList<>();
  final List<String> questions = new CopyOnWriteArrayList<>();
  ModelCatalogue catalogue = ModelCatalogue.load();
  DeviceMemory memory = LARGE;
  Disk disk = Disk.REAL;
  NpmClient npm = folder -> Optional.empty();
  InstantSource clock = InstantSource.system();

  LibraryFixture(Path home) {
    this.home = home;
    environment.put("MALLARD_CACHE", home.resolve("cache").toString());
  }

  LibraryFixture at(HubServer hub) {
    environment.put("HF_ENDPOINT", hub.uri().toString());
    return this;
  }

  /** A hub to which nobody answers. */
  LibraryFixture withoutNetwork() {
    environment.put("HF_ENDPOINT", "http://127.0.0.1:1");
    return this;
  }

  Path models() {
    return home.resolve("cache/models");
  }

  ModelLibrary library() {
    HttpClient http =
        HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(3))
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    return new ModelLibrary(
        catalogue, environment, memory, new Outside(home, http, npm, disk, sleeps::add, clock));
  }

  InstalledModel pull(String name) throws InterruptedException {
    return library().pull(name, Confirmation.YES, progress());
  }

  DownloadProgress progress() {
    return new DownloadProgress() {
      @Override
      public void onProgress(State state) {}

      @Override
      public void onMessage(String sentence) {
        messages.add(sentence);
      }
    };
  }

  Confirmation answering(Confirmation.Answer answer) {
    return question -> {
      questions.add(question);
      return answer;
    };
  }

  static ModelCatalogue catalogue(String json) {
    return ModelCatalogue.parse(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
  }
}
