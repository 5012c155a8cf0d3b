package dev.mallard.generator.problem;

import dev.mallard.generator.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a small text file that the user named. */
public final class TextFile {
  /** Longest file, in bytes. */
  static final int MAX_BYTES = 1 << 20;

  private TextFile() {}

  /**
   * The text of a UTF-8 file.
   *
   * @throws UserException if there is no such file, it cannot be read, is larger than 1 MiB or no
   *     UTF-8
   */
  public static String read(Path file) {
    byte[] bytes = bytes(file);
    if (bytes.length > MAX_BYTES) {
      throw new UserException(
          "%s is larger than 1 MiB, which is more than Mallard reads.".formatted(file));
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(in).toString();
    } catch (CharacterCodingException e) {
      // The decoder stops at the first byte that is wrong.
      int line = 1;
      for (int i = 0; i < in.position(); i++) {
        line += bytes[i] == '\n' ? 1 : 0;
      }
      throw new UserException(
          "%s:%d: this is no UTF-8 text: name a text file, or save this one as UTF-8."
              .formatted(file, line),
          e);
    }
  }

  private static byte[] bytes(Path file) {
    if (Files.isDirectory(file)) {
      throw new UserException("%s is a folder: name a file in it.".formatted(file));
    }
    if (Files.notExists(file)) {
      throw new UserException("There is no file %s.".formatted(file));
    }
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(MAX_BYTES + 1);
    } catch (AccessDeniedException e) {
      throw new UserException("%s may not be read: check its permissions.".formatted(file), e);
    } catch (IOException e) {
      throw new UserException("%s cannot be read: %s.".formatted(file, e.getMessage()), e);
    }
  }
}
