package dev.mallard.generator.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.generator.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HubDownloadTest {
  private static final String KEY = "acme--duck-coder";
  private static final String WEIGHTS = "model.safetensors";

  @TempDir private Path home;
  private HubServer hub;
  private LibraryFixture fixture;

  @BeforeEach
  void start() throws IOException {
    hub = new HubServer();
    fixture = new LibraryFixture(home).at(hub);
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  @Test
  void downloadsACheckpointAndNothingElse() throws Exception {
    InstalledModel model = fixture.pull("hf:acme/duck-coder");

    assertThat(model.checkpoint()).isEqualTo(fixture.models().resolve(KEY));
    assertThat(model.checkpoint().toFile().list())
        .containsExactlyInAnyOrder("config.json", "tokenizer.json", WEIGHTS, Manifest.FILE);
    assertThat(model.checkpoint().resolve(WEIGHTS)).hasBinaryContent(hub.file(WEIGHTS));
    assertThat(model.version()).isEqualTo(HubServer.COMMIT);
    Manifest manifest = Manifest.read(model.checkpoint()).orElseThrow();
    assertThat(manifest.files())
        .contains(new Manifest.StoredFile(WEIGHTS, 700_000, HubServer.sha256(hub.file(WEIGHTS))))
        .contains(
            new Manifest.StoredFile(
                "tokenizer.json", 2, HubServer.sha256(hub.file("tokenizer.json"))));
  }

  @Test
  void asksNobodyForWhatIsHere() throws Exception {
    fixture.pull("acme/duck-coder");
    int asked = hub.requests.size();

    fixture.pull("acme/duck-coder");

    assertThat(hub.requests).hasSize(asked);
  }

  @Test
  void downloadsShardsThatTheIndexNames() throws Exception {
    hub.files.remove(WEIGHTS);
    hub.files.put("model-00001-of-00002.safetensors", HubServer.bytes(1000, 2));
    hub.files.put("model-00002-of-00002.safetensors", HubServer.bytes(1000, 3));
    hub.files.put(
        "model.safetensors.index.json",
        """
        {"weight_map": {"a": "model-00001-of-00002.safetensors",
                        "b": "model-00002-of-00002.safetensors"}}
        """
            .getBytes(StandardCharsets.UTF_8));

    assertThat(fixture.pull("acme/duck-coder").checkpoint().toFile().list()).hasSize(6);
  }

  @Test
  void refusesShardsThatAreNotAllThere() {
    hub.files.remove(WEIGHTS);
    hub.files.put("model-00001-of-00002.safetensors", HubServer.bytes(1000, 2));
    hub.files.put(
        "model.safetensors.index.json",
        """
        {"weight_map": {"a": "model-00001-of-00002.safetensors",
                        "b": "model-00002-of-00002.safetensors"}}
        """
            .getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> fixture.pull("acme/duck-coder"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("lacks model-00002-of-00002.safetensors");
    assertThat(hub.ranges).isEmpty();
  }

  @Test
  void goesOnByItselfAfterACut() throws Exception {
    hub.cuts.add(250_000);
    hub.cuts.add(100_000);

    InstalledModel model = fixture.pull("acme/duck-coder");

    assertThat(hub.ranges).matches(HubDownloadTest::resumed).hasSize(3);
    assertThat(model.checkpoint().resolve(WEIGHTS)).hasBinaryContent(hub.file(WEIGHTS));
  }

  @Test
  void goesOnInALaterRunAfterTheConnectionDied() throws Exception {
    hub.cuts.add(300_000);
    for (int i = 0; i < 20; i++) {
      hub.cuts.add(0);
    }
    assertThatThrownBy(() -> fixture.pull("acme/duck-coder"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("was cut while getting acme/duck-coder")
        .hasMessageContaining("try again");
    assertThat(fixture.models().resolve(KEY)).doesNotExist();
    hub.cuts.clear();
    hub.ranges.clear();

    InstalledModel model = fixture.pull("acme/duck-coder");

    assertThat(hub.ranges).singleElement().asString().matches("bytes=[1-9]\\d*-");
    assertThat(model.checkpoint().resolve(WEIGHTS)).hasBinaryContent(hub.file(WEIGHTS));
  }

  @Test
  void startsAgainWhereTheServerIgnoresRanges() throws Exception {
    hub.ignoresRanges = true;
    hub.cuts.add(250_000);

    InstalledModel model = fixture.pull("acme/duck-coder");

    assertThat(hub.ranges).matches(HubDownloadTest::resumed).hasSize(2);
    assertThat(model.checkpoint().resolve(WEIGHTS)).hasBinaryContent(hub.file(WEIGHTS));
  }

  @Test
  void startsAgainWhereTheFileHasAnotherEntityTagNow() throws Exception {
    hub.cuts.add(250_000);
    for (int i = 0; i < 20; i++) {
      hub.cuts.add(0);
    }
    assertThatThrownBy(() -> fixture.pull("acme/duck-coder")).isInstanceOf(UserException.class);
    hub.cuts.clear();
    hub.entityTagSalt = "new";

    InstalledModel model = fixture.pull("acme/duck-coder");

    assertThat(model.checkpoint().resolve(WEIGHTS)).hasBinaryContent(hub.file(WEIGHTS));
  }

  @Test
  void getsAllAgainWhereWhatWasThereIsDamaged() throws Exception {
    Path partial = fixture.models().resolve(".partial").resolve(KEY);
    Files.createDirectories(partial);
    Files.write(partial.resolve(WEIGHTS + ".partial"), new byte[100_000]);

    InstalledModel model = fixture.pull("acme/duck-coder");

    assertThat(hub.ranges).containsExactly("bytes=100000-", "all");
    assertThat(fixture.messages).singleElement().asString().contains("damaged");
    assertThat(model.checkpoint().resolve(WEIGHTS)).hasBinaryContent(hub.file(WEIGHTS));
  }

  @Test
  void refusesOtherBytesThanWereAnnounced() {
    byte[] wrong = hub.file(WEIGHTS).clone();
    wrong[123_456] ^= 1;
    hub.served.put(WEIGHTS, wrong);

    assertThatThrownBy(() -> fixture.pull("acme/duck-coder"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("model.safetensors from Hugging Face is not what it should be");
    assertThat(fixture.models().resolve(KEY)).doesNotExist();
    assertThat(fixture.models().resolve(".partial").resolve(KEY).toFile().list())
        .noneMatch(name -> name.startsWith(WEIGHTS));
  }

  @Test
  void refusesOtherBytesOfASmallFileToo() {
    hub.served.put("tokenizer.json", "[]".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> fixture.pull("acme/duck-coder"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("tokenizer.json");
  }

  @Test
  void refusesMoreBytesThanWereAnnounced() {
    hub.served.put(WEIGHTS, HubServer.bytes(800_000, 1));

    assertThatThrownBy(() -> fixture.pull("acme/duck-coder"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("more than the expected 700000 bytes");
  }

  @Test
  void refusesADigestThatTheCatalogueDoesNotKnowBeforeDownloading() {
    fixture.catalogue = pinned("00".repeat(32));

    assertThatThrownBy(() -> fixture.pull("duck"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("offers another model.safetensors");
    assertThat(hub.ranges).isEmpty();
  }

  @Test
  void acceptsTheDigestThatTheCatalogueKnows() throws Exception {
    fixture.catalogue = pinned(HubServer.sha256(hub.file(WEIGHTS)));

    assertThat(fixture.pull("duck").checkpoint()).isEqualTo(fixture.models().resolve("duck"));
  }

  @Test
  void asksForEachFileWhereAMirrorListsNamesOnly() throws Exception {
    hub.listsNamesOnly = true;

    InstalledModel model = fixture.pull("acme/duck-coder");

    assertThat(model.checkpoint().resolve(WEIGHTS)).hasBinaryContent(hub.file(WEIGHTS));
  }

  @Test
  void sendsTheTokenToTheHubAndToNobodyElse() throws Exception {
    hub.requiredToken = Optional.of("hf_secret");
    fixture.environment.put("HF_TOKEN", "hf_secret");

    fixture.pull("acme/duck-coder");

    assertThat(hub.hubTokens).hasSameSizeAs(hub.requests);
    assertThat(hub.cdnTokens).isEmpty();
  }

  @Test
  void findsTheTokenThatLoggingInLeft() throws Exception {
    hub.requiredToken = Optional.of("hf_secret");
    Files.createDirectories(home.resolve(".cache/huggingface"));
    Files.writeString(home.resolve(".cache/huggingface/token"), "hf_secret\n");

    fixture.pull("acme/duck-coder");

    assertThat(hub.cdnTokens).isEmpty();
  }

  @Test
  void saysThatAGatedModelNeedsAToken() {
    hub.requiredToken = Optional.of("hf_secret");

    assertThatThrownBy(() -> fixture.pull("acme/duck-coder"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("(401)")
        .hasMessageContaining("set HF_TOKEN");
  }

  @Test
  void saysThatATokenIsNotEnough() {
    hub.requiredToken = Optional.of("hf_secret");
    fixture.environment.put("HF_TOKEN", "hf_other");

    assertThatThrownBy(() -> fixture.pull("acme/duck-coder"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("(403)")
        .hasMessageNotContaining("hf_other");
  }

  @Test
  void keepsAMalformedTokenOutOfItsMessage() {
    fixture.environment.put("HF_TOKEN", "hf secret\u00e9");

    assertThatThrownBy(() -> fixture.pull("acme/duck-coder"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("HF_TOKEN")
        .hasMessageNotContaining("secret");
  }

  @Test
  void saysThatThereIsNoSuchRepositoryOrRevision() {
    assertThatThrownBy(() -> fixture.pull("acme/goose"))
        .hasMessageContaining("has no acme/goose (404)");
    assertThatThrownBy(() -> fixture.pull("acme/duck-coder@v2"))
        .hasMessageContaining("has no acme/duck-coder@v2 (404)");
  }

  @Test
  void saysThatARepositoryHoldsNoCheckpoint() {
    hub.files.remove(WEIGHTS);

    assertThatThrownBy(() -> fixture.pull("acme/duck-coder"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is no checkpoint that Mallard can load");
  }

  @Test
  void waitsAsLongAsABusyServerAsks() throws Exception {
    hub.troubles.add("429:7");
    hub.troubles.add("503");

    fixture.pull("acme/duck-coder");

    assertThat(fixture.sleeps).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(2));
  }

  @Test
  void doesNotWaitForHours() {
    hub.troubles.add("429:7200");

    assertThatThrownBy(() -> fixture.pull("acme/duck-coder"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("asks to wait 7200 seconds (429)");
    assertThat(fixture.sleeps).isEmpty();
  }

  @Test
  void givesUpOnAServerInTrouble() {
    for (int i = 0; i < 4; i++) {
      hub.troubles.add("500");
    }

    assertThatThrownBy(() -> fixture.pull("acme/duck-coder"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is in trouble (500)");
  }

  @Test
  void endsARedirectionInACircle() {
    hub.redirectsToItself = true;

    assertThatThrownBy(() -> fixture.pull("acme/duck-coder"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("in a circle");
  }

  @Test
  void saysInOneSentenceThatThereIsNoNetwork() {
    fixture.withoutNetwork();

    assertThatThrownBy(() -> fixture.pull("acme/duck-coder"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Hugging Face (http://127.0.0.1:1) is not reachable: check the network, or HF_ENDPOINT.");
  }

  @Test
  void doesNotUseTheNetworkOffline() {
    fixture.environment.put("HF_HUB_OFFLINE", "1");

    assertThatThrownBy(() -> fixture.pull("acme/duck-coder"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("HF_HUB_OFFLINE");
    assertThat(hub.requests).isEmpty();
  }

  @Test
  void refusesBeforehandWhatTheDiskCannotHold() {
    fixture.disk = folder -> 1_000_000;

    assertThatThrownBy(() -> fixture.pull("acme/duck-coder"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("where 1.0 MB are free");
    assertThat(hub.ranges).isEmpty();
  }

  @Test
  void leavesNothingWhereTheDiskIsFullHalfWay() {
    fixture.disk =
        new Disk() {
          private long left = 300_000;

          @Override
          public long usableBytes(Path folder) {
            return left < 300_000 ? 0 : 1L << 40;
          }

          @Override
          public void write(FileChannel file, ByteBuffer bytes) throws IOException {
            left -= bytes.remaining();
            if (left < 0) {
              throw new IOException("No space left on device");
            }
            Disk.super.write(file, bytes);
          }
        };

    assertThatThrownBy(() -> fixture.pull("acme/duck-coder"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("was full")
        .hasMessageContaining("free some space");
    assertThat(fixture.models().resolve(KEY)).doesNotExist();
    assertThat(fixture.models().resolve(".partial").resolve(KEY)).doesNotExist();
  }

  @Test
  void leavesAResumablePartWhenInterrupted() throws Exception {
    hub.millisecondsPerChunk = 50;
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread puller =
        Thread.ofPlatform()
            .start(() -> {
              try {
                fixture.pull("acme/duck-coder");
              } catch (InterruptedException | RuntimeException e) {
                thrown.set(e);
              }
            });
    Path partial = fixture.models().resolve(".partial").resolve(KEY).resolve(WEIGHTS + ".partial");
    while (!Files.exists(partial) || Files.size(partial) < 100_000) {
      Thread.sleep(10);
    }
    puller.interrupt();
    puller.join(Duration.ofSeconds(10));
    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    hub.millisecondsPerChunk = 0;
    hub.ranges.clear();

    InstalledModel model = fixture.pull("acme/duck-coder");

    assertThat(hub.ranges).singleElement().asString().startsWith("bytes=");
    assertThat(model.checkpoint().resolve(WEIGHTS)).hasBinaryContent(hub.file(WEIGHTS));
  }

  /** All of a file was asked for once; then only what was missing, which depends on buffers. */
  private static boolean resumed(List<? extends String> ranges) {
    return ranges.getFirst().equals("all")
        && ranges.stream().skip(1).allMatch(range -> range.matches("bytes=[1-9]\\d*-"));
  }

  private static ModelCatalogue pinned(String sha256) {
    return LibraryFixture.catalogue(
        """
        {"models": [{"name": "duck", "description": "A duck.", "parameters": 1000,
          "licence": "Apache-2.0", "codeModel": true, "automatic": true, "rank": 1,
          "approximateDownloadBytes": 700000,
          "sources": [{"kind": "huggingface", "repository": "acme/duck-coder", "revision": "main",
            "files": [{"name": "model.safetensors", "size": 700000, "sha256": "%s"}]}]}]}
        """
            .formatted(sha256));
  }
}
