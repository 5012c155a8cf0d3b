package dev.mallard.generator.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.generator.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class ModelStoreTest {
  private static final String NAME = "acme/duck-coder";

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
  void twoThreadsDownloadOnce() throws Exception {
    hub.millisecondsPerChunk = 30;
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Future<InstalledModel> first = threads.submit(() -> fixture.pull(NAME));
      Future<InstalledModel> second = threads.submit(() -> fixture.pull(NAME));

      assertThat(first.get()).isEqualTo(second.get());
    }
    assertThat(hub.ranges).containsExactly("all");
    assertThat(fixture.messages)
        .containsExactly("Another process is getting acme/duck-coder: waiting for it.");
  }

  @Test
  void twoProcessesDownloadOnce() throws Exception {
    hub.millisecondsPerChunk = 100;
    Process first = pullInProcess();
    Process second = pullInProcess();

    List<String> outputs = List.of(output(first), output(second));
    assertThat(first.waitFor()).as(outputs.getFirst()).isZero();
    assertThat(second.waitFor()).as(outputs.getLast()).isZero();
    assertThat(hub.ranges).containsExactly("all");
    assertThat(fixture.models().resolve("acme--duck-coder/model.safetensors"))
        .hasBinaryContent(hub.file("model.safetensors"));
  }

  @Test
  void aProcessThatWasKilledLeavesNoLockAndAResumablePart() throws Exception {
    hub.millisecondsPerChunk = 100;
    Process killed = pullInProcess();
    Path partial = fixture.models().resolve(".partial/acme--duck-coder/model.safetensors.partial");
    while (killed.isAlive() && (!Files.exists(partial) || Files.size(partial) < 100_000)) {
      Thread.sleep(20);
    }
    killed.destroyForcibly().waitFor();
    hub.millisecondsPerChunk = 0;

    assertThat(fixture.pull(NAME).checkpoint()).exists();
    assertThat(hub.ranges).hasSize(2).last().asString().startsWith("bytes=");
  }

  @Test
  void removesAModel() throws Exception {
    fixture.pull(NAME);

    assertThat(fixture.library().remove(NAME)).isGreaterThan(700_000);
    assertThat(fixture.models().resolve("acme--duck-coder")).doesNotExist();
    assertThat(fixture.library().list()).noneMatch(entry -> entry.name().equals(NAME));
  }

  @Test
  void removesWhatThereIsOfAModel() throws IOException {
    Path partial = fixture.models().resolve(".partial/acme--duck-coder");
    Files.createDirectories(partial);
    Files.write(partial.resolve("model.safetensors.partial"), new byte[1234]);

    assertThat(fixture.library().remove(NAME)).isEqualTo(1234);
    assertThat(partial).doesNotExist();
  }

  @Test
  void doesNotFollowALinkWhenItRemoves() throws Exception {
    InstalledModel model = fixture.pull(NAME);
    Path precious = Files.writeString(home.resolve("precious"), "keep me");
    Files.createSymbolicLink(model.checkpoint().resolve("link"), home);

    fixture.library().remove(NAME);

    assertThat(precious).hasContent("keep me");
  }

  @Test
  void saysThatThereIsNothingToRemove() {
    assertThatThrownBy(() -> fixture.library().remove(NAME))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("nothing to remove");
  }

  @Test
  void doesNotRemoveWhatIsBeingDownloaded() throws Exception {
    try (StoreLock _ =
        StoreLock.tryAcquire(fixture.models().resolve(".locks/acme--duck-coder")).orElseThrow()) {
      assertThatThrownBy(() -> fixture.library().remove(NAME))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("is being downloaded");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"..", "../x", "/etc", "a/../b", ".locks", "", "hf:..", "a/b/c", "a\\b", "~", "."})
  void removesNothingOutsideTheStore(String name) {
    assertThatThrownBy(() -> fixture.library().remove(name)).isInstanceOf(UserException.class);
  }

  @Test
  void doesNotTrustAModelWhoseFilesAreNotAsWrittenDown() throws Exception {
    InstalledModel model = fixture.pull(NAME);
    Files.write(model.checkpoint().resolve("model.safetensors"), new byte[3]);

    assertThat(fixture.library().list()).noneMatch(entry -> entry.name().equals(NAME));
    assertThat(fixture.pull(NAME).checkpoint().resolve("model.safetensors"))
        .hasBinaryContent(hub.file("model.safetensors"));
  }

  @Test
  void saysThatTheFolderCannotBeUsed() throws IOException {
    Files.writeString(home.resolve("cache"), "a file");

    assertThatThrownBy(() -> fixture.pull(NAME))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("cannot be used");
  }

  private Process pullInProcess() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            PullProcess.class.getName(),
            home.toString(),
            hub.uri().toString(),
            NAME)
        .redirectErrorStream(true)
        .start();
  }

  private static String output(Process process) throws IOException, InterruptedException {
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return text;
  }
}
