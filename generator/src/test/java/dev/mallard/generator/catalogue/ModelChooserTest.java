package dev.mallard.generator.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.generator.UserException;
import dev.mallard.generator.model.Precision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ModelChooserTest {
  /** A code model on the hub: {@code duck} has 1 GB, {@code goose} 3 GB, {@code swan} 1 TB. */
  private static final String CODE_MODELS =
      """
      {"name": "duck", "description": "Small.", "parameters": 1000000, "licence": "Apache-2.0",
       "codeModel": true, "automatic": true, "rank": 1, "approximateDownloadBytes": 700000,
       "sources": [{"kind": "huggingface", "repository": "acme/duck-coder", "revision": "main"}]},
      {"name": "goose", "description": "Large.", "parameters": 2000000, "licence": "Apache-2.0",
       "codeModel": true, "automatic": true, "rank": 2, "approximateDownloadBytes": 3000000000,
       "sources": [{"kind": "huggingface", "repository": "acme/duck-coder",
                    "revision": "%s"}]},
      {"name": "swan", "description": "Huge.", "parameters": 900000000000, "licence": "Apache-2.0",
       "codeModel": true, "automatic": true, "rank": 3, "approximateDownloadBytes": 700000,
       "sources": [{"kind": "huggingface", "repository": "acme/duck-coder", "revision": "main"}]},
      {"name": "swift", "description": "Not free.", "parameters": 3000000, "licence": "Other",
       "codeModel": true, "automatic": false, "rank": 9, "approximateDownloadBytes": 700000,
       "sources": [{"kind": "huggingface", "repository": "acme/duck-coder", "revision": "main"}]},
      """
          .formatted(HubServer.COMMIT);

  @TempDir private Path home;
  private HubServer hub;
  private NpmServer npm;
  private LibraryFixture fixture;

  @BeforeEach
  void start() throws Exception {
    hub = new HubServer();
    npm = new NpmServer();
    fixture = new LibraryFixture(home).at(hub);
    fixture.catalogue = npm.catalogue(CODE_MODELS);
    fixture.environment.put("npm_config_registry", npm.uri().toString());
  }

  @AfterEach
  void stop() {
    hub.close();
    npm.close();
  }

  private ModelChoice choose(Confirmation.Answer answer) throws InterruptedException {
    return fixture
        .library()
        .choose(Optional.empty(), fixture.answering(answer), fixture.progress());
  }

  private ModelChoice choose(String name) throws InterruptedException {
    return fixture.library().choose(Optional.of(name), Confirmation.NOBODY, fixture.progress());
  }

  @Test
  void takesTheBestThatFitsWithoutAskingWhereItIsSmall() throws Exception {
    ModelChoice choice = choose(Confirmation.Answer.NO);

    assertThat(choice.name()).isEqualTo("goose");
    assertThat(choice.checkpoint()).isEqualTo(fixture.models().resolve("goose"));
    assertThat(fixture.questions).isEmpty();
  }

  @Test
  void usesTheBestThatIsHereWithoutTheNetwork() throws Exception {
    fixture.pull("duck");
    fixture.withoutNetwork();

    ModelChoice choice = choose(Confirmation.Answer.NO);

    assertThat(choice.name()).isEqualTo("duck");
    assertThat(choice.notes()).isEmpty();
  }

  @Test
  void takesTheEmbeddedDefaultWithoutNetworkAndSaysSo() throws Exception {
    fixture.withoutNetwork();

    ModelChoice choice = choose(Confirmation.Answer.NO);

    assertThat(choice.checkpoint()).hasBinaryContent(npm.model);
    assertThat(choice.notes())
        .singleElement()
        .asString()
        .startsWith("Hugging Face is not reachable: using the embedded default, TinyLlama 1.1B,");
  }

  @Test
  void doesNotTryAnUnreachableHubAtEachStart() throws Exception {
    fixture.withoutNetwork();
    choose(Confirmation.Answer.NO);
    // Were it tried, the hub would be found to be back.
    Files.writeString(fixture.models().resolve(".unreachable"), hub.uri().toString());
    fixture.at(hub);

    assertThat(choose(Confirmation.Answer.NO).notes())
        .singleElement()
        .asString()
        .contains("was not reachable a short while ago");
    assertThat(hub.requests).isEmpty();
  }

  @Test
  void triesTheHubAgainAfterAnHour() throws Exception {
    fixture.withoutNetwork();
    choose(Confirmation.Answer.NO);
    fixture.at(hub);
    Files.writeString(fixture.models().resolve(".unreachable"), hub.uri().toString());
    Instant later = Instant.now().plus(Duration.ofMinutes(61));
    fixture.clock = InstantSource.fixed(later);

    assertThat(choose(Confirmation.Answer.NO).name()).isEqualTo("goose");
    assertThat(fixture.models().resolve(".unreachable")).doesNotExist();
  }

  @Test
  void triesAnotherHubThanTheUnreachableOneAtOnce() throws Exception {
    fixture.withoutNetwork();
    choose(Confirmation.Answer.NO);

    assertThat(fixture.at(hub).models().resolve(".unreachable")).exists();
    assertThat(choose(Confirmation.Answer.NO).name()).isEqualTo("goose");
  }

  @Test
  void doesNotUseTheHubOffline() throws Exception {
    fixture.environment.put("HF_HUB_OFFLINE", "1");

    assertThat(choose(Confirmation.Answer.NO).notes())
        .singleElement()
        .asString()
        .startsWith("HF_HUB_OFFLINE is set: using the embedded default");
    assertThat(hub.requests).isEmpty();
  }

  @Test
  void takesTheEmbeddedDefaultWhereNothingFits() throws Exception {
    fixture.memory = new DeviceMemory(1 << 30, Precision.INT8);

    assertThat(choose(Confirmation.Answer.NO).notes())
        .singleElement()
        .asString()
        .startsWith("No code model of the catalogue fits into 1.1 GB");
  }

  @Test
  void saysThatNothingCanBeHad() {
    fixture.withoutNetwork();
    fixture.environment.put("npm_config_registry", "http://127.0.0.1:1");

    assertThatThrownBy(() -> choose(Confirmation.Answer.NO))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("Hugging Face is not reachable, and the embedded default cannot be")
        .hasMessageContaining("npm registry");
  }

  @Test
  void asksBeforeALargeDownload() throws Exception {
    announceLargeWeights();

    ModelChoice choice = choose(Confirmation.Answer.NO);

    assertThat(fixture.questions).containsExactly("Download goose (2.5 GB, licence Apache-2.0)?");
    assertThat(hub.ranges).isEmpty();
    // The smaller one is as large on this hub, and is not asked for after a "no" to the larger.
    assertThat(choice.checkpoint()).hasBinaryContent(npm.model);
  }

  @Test
  void saysWhatWouldFitWhereThereIsNobodyToAsk() throws Exception {
    announceLargeWeights();

    assertThat(choose(Confirmation.Answer.NOBODY).notes())
        .first()
        .asString()
        .isEqualTo(
            "goose would fit, but takes 2.5 GB to download: 'mallard models pull goose' gets it.");
  }

  @Test
  void doesNotDownloadAModelThatWasNamedAndThenDeclined() {
    announceLargeWeights();

    assertThatThrownBy(() ->
            fixture
                .library()
                .pull("duck", fixture.answering(Confirmation.Answer.NO), fixture.progress()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("duck was not downloaded");
  }

  @Test
  void goesToTheNextWhereTheBestCannotBeHad() throws Exception {
    hub.troubles.add("403");

    ModelChoice choice = choose(Confirmation.Answer.NO);

    assertThat(choice.name()).isEqualTo("duck");
    assertThat(choice.notes()).singleElement().asString().contains("(403)");
  }

  @Test
  void takesAPath() throws Exception {
    Path file = Files.writeString(home.resolve("my model.gguf"), "GGUF");

    assertThat(choose(file.toString()).checkpoint()).isEqualTo(file);
    assertThat(choose(home.toString()).checkpoint()).isEqualTo(home);
    assertThat(hub.requests).isEmpty();
  }

  @Test
  void warnsOfANamedModelThatIsTooLarge() throws Exception {
    assertThat(choose("swan").notes())
        .singleElement()
        .asString()
        .startsWith("swan needs about 991 GB of memory and this machine has 69 GB");
  }

  @Test
  void usesWhatTheHubsOwnClientHasGot() throws Exception {
    Path snapshot = cached("model.safetensors");
    fixture.withoutNetwork();

    assertThat(choose("duck").checkpoint()).isEqualTo(snapshot);
    assertThat(choose(Confirmation.Answer.NO).checkpoint()).isEqualTo(snapshot);
    assertThatThrownBy(() -> fixture.library().remove("duck"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("Mallard only reads");
    assertThat(snapshot).exists();
  }

  @Test
  void doesNotUseWhatTheHubsOwnClientHasGotHalf() throws Exception {
    cached("model.safetensors.index.json");

    assertThat(choose("duck").checkpoint()).isEqualTo(fixture.models().resolve("duck"));
  }

  /** The layout of the hub's cache: links from a snapshot to blobs, refs from branches. */
  private Path cached(String weights) throws IOException {
    Path cache = home.resolve("hf/hub");
    fixture.environment.put("HF_HOME", home.resolve("hf").toString());
    Path repository = cache.resolve("models--acme--duck-coder");
    Path snapshot = repository.resolve("snapshots").resolve(HubServer.COMMIT);
    Files.createDirectories(snapshot);
    Files.createDirectories(repository.resolve("refs"));
    Files.createDirectories(repository.resolve("blobs"));
    Files.writeString(repository.resolve("refs/main"), HubServer.COMMIT);
    for (String name : new String[] {"config.json", "tokenizer.json", weights}) {
      String content = "{\"weight_map\":{\"a\":\"model-00001-of-00001.safetensors\"}}";
      Files.write(
          repository.resolve("blobs").resolve(name), content.getBytes(StandardCharsets.UTF_8));
      Files.createSymbolicLink(snapshot.resolve(name), Path.of("../../blobs").resolve(name));
    }
    return snapshot;
  }

  private void announceLargeWeights() {
    hub.announcedSizes.put("model.safetensors", 2_500_000_000L);
  }
}
