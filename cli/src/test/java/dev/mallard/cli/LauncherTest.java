package dev.mallard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script in a checkout, with a JDK and a Maven that only say what they were asked. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  private static final String BUILD =
      """
      #!/bin/sh
      echo "[INFO] Building mallard-cli 0.1 [7/7]"
      echo build >>builds.txt
      mkdir -p cli/target/lib && : >cli/target/mallard-cli-0.1.jar
      """;

  private record Result(int exitCode, String out, String err) {}

  private record Launch(Process process, Path out, Path err) {
    Result result() throws Exception {
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    }
  }

  @TempDir private Path folder;
  private Path checkout = Path.of("");
  private Path jdk = Path.of("");

  @BeforeEach
  void layOut() throws IOException {
    checkout = Files.createDirectories(folder.resolve("a check out"));
    jdk = folder.resolve("the jdk");
    Files.createDirectories(jdk.resolve("bin"));
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
    script(jdk.resolve("bin/javac"), "#!/bin/sh\n");
    script(
        jdk.resolve("bin/java"),
        "#!/bin/sh\nwhile [ \"$1\" != dev.mallard.cli.Main ]; do shift; done\nprintf '<%s>' \"$@\"\n");
    Files.createDirectories(checkout.resolve("cli/src/main"));
    Files.writeString(checkout.resolve("cli/src/main/A.java"), "");
    Files.writeString(checkout.resolve("pom.xml"), "");
    script(checkout.resolve("mallard"), Files.readString(Path.of("../mallard")));
    script(checkout.resolve("mvnw"), BUILD);
  }

  @Test
  void buildsOnFirstUseAndOnlyThen() throws Exception {
    Result first = launch(checkout.resolve("mallard"), "solve", "a b.md", "*");
    Result second = launch(checkout.resolve("mallard"), "x");

    assertThat(first.exitCode()).isZero();
    assertThat(first.out()).isEqualTo("<dev.mallard.cli.Main><solve><a b.md><*>");
    assertThat(first.err()).contains("Building Mallard; the first time");
    assertThat(second).isEqualTo(new Result(0, "<dev.mallard.cli.Main><x>", ""));
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void startsThroughAChainOfLinks() throws Exception {
    Path one = Files.createDirectories(folder.resolve("bin one")).resolve("mallard");
    Path two = folder.resolve("two");
    Files.createSymbolicLink(one, Path.of("../a check out/mallard"));
    Files.createSymbolicLink(two, one);

    assertThat(launch(two, "x").out()).isEqualTo("<dev.mallard.cli.Main><x>");
  }

  @Test
  void buildsAgainWhenASourceHasChanged() throws Exception {
    launch(checkout.resolve("mallard"));
    Files.setLastModifiedTime(
        checkout.resolve("cli/src/main/A.java"),
        FileTime.from(Instant.now().plus(Duration.ofMinutes(1))));

    assertThat(launch(checkout.resolve("mallard")).err()).contains("sources have changed");
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void aFailedBuildLeavesNothingThatLooksBuilt() throws Exception {
    script(checkout.resolve("mvnw"), BUILD + "echo '[ERROR] no such thing'; exit 1\n");
    Result failed = launch(checkout.resolve("mallard"));
    script(checkout.resolve("mvnw"), BUILD);
    Result after = launch(checkout.resolve("mallard"), "x");

    assertThat(failed.exitCode()).isEqualTo(70);
    assertThat(failed.out()).isEmpty();
    assertThat(failed.err()).contains("could not be built").contains("[ERROR] no such thing");
    assertThat(after.out()).isEqualTo("<dev.mallard.cli.Main><x>");
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void anInterruptedBuildEndsAndTheNextStartBuildsAgain() throws Exception {
    script(checkout.resolve("mvnw"), "#!/bin/sh\necho build >>builds.txt\nexec sleep 60\n");
    Launch launch = start(checkout.resolve("mallard"));
    waitFor(checkout.resolve("builds.txt"));
    List<ProcessHandle> maven = launch.process().descendants().toList();
    launch.process().destroy();

    assertThat(launch.result().exitCode()).isEqualTo(143);
    assertThat(maven).isNotEmpty();
    for (ProcessHandle process : maven) {
      process.onExit().get(5, TimeUnit.SECONDS);
    }
    script(checkout.resolve("mvnw"), BUILD);
    assertThat(launch(checkout.resolve("mallard"), "x").exitCode()).isZero();
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void twoAtOnceBuildOnce() throws Exception {
    script(checkout.resolve("mvnw"), BUILD + "sleep 2\n");
    Launch one = start(checkout.resolve("mallard"), "1");
    Launch two = start(checkout.resolve("mallard"), "2");

    assertThat(one.result().exitCode()).isZero();
    assertThat(two.result().exitCode()).isZero();
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void aLockOfAProcessThatIsGoneIsTakenOver() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Files.createDirectories(checkout.resolve("target"));
    Files.createSymbolicLink(
        checkout.resolve("target/mallard-build.lock"), Path.of(Long.toString(gone.pid())));

    assertThat(launch(checkout.resolve("mallard"), "x").exitCode()).isZero();
    assertThat(checkout.resolve("target")).isDirectoryNotContaining("glob:**.lock*");
  }

  @Test
  void passesTheCommandsExitCodeOn() throws Exception {
    script(jdk.resolve("bin/java"), "#!/bin/sh\nexit 130\n");

    assertThat(launch(checkout.resolve("mallard")).exitCode()).isEqualTo(130);
  }

  private Result launch(Path script, String... arguments) throws Exception {
    return start(script, arguments).result();
  }

  private Launch start(Path script, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("JAVA_HOME", jdk.toString());
    builder.environment().remove("MALLARD_JAVA_OPTS");
    Path out = Files.createTempFile(folder, "out", "");
    Path err = Files.createTempFile(folder, "err", "");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    return new Launch(process, out, err);
  }

  private long builds() throws IOException {
    return Files.readAllLines(checkout.resolve("builds.txt")).size();
  }

  private static void script(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void waitFor(Path file) throws InterruptedException {
    for (int i = 0; i < 100 && !Files.exists(file); i++) {
      Thread.sleep(50);
    }
  }
}
