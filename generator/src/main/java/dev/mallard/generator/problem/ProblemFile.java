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

/**
 * Reads problems from Markdown files; {@code docs/problem-files.md} says how they are written.
 *
 * <p>Files are taken for hostile: whatever they hold, reading one gives a {@link Problem} or a
 * {@link UserException} that names the file, and the line where there is one.
 */
public final class ProblemFile {
  /** Longest problem file, in bytes. */
  static final int MAX_BYTES = 1 << 20;

  private ProblemFile() {}

  /**
   * Reads a problem file.
   *
   * @throws UserException if there is no such file, it cannot be read, or it states no problem
   */
  public static Problem read(Path file) {
    byte[] bytes = bytes(file);
    if (bytes.length > MAX_BYTES) {
      throw new UserException(
          "%s is larger than 1 MiB, which is too much for a problem file.".formatted(file));
    }
    return parse(file.toString(), decode(file.toString(), bytes));
  }

  /**
   * Reads a problem from the text of a file.
   *
   * @param name what messages call the file
   * @throws UserException if the text states no problem
   */
  public static Problem parse(String name, String text) {
    return new ProblemParser(name, text).parse();
  }

  private static byte[] bytes(Path file) {
    if (Files.notExists(file)) {
      throw new UserException("There is no file %s.".formatted(file));
    }
    if (Files.isDirectory(file)) {
      throw new UserException("%s is a folder; name a problem file in it.".formatted(file));
    }
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(MAX_BYTES + 1);
    } catch (AccessDeniedException e) {
      throw new UserException("%s may not be read: check its permissions.".formatted(file), e);
    } catch (IOException e) {
      throw new UserException("%s cannot be read: %s.".formatted(file, e.getMessage()), e);
    }
  }

  private static String decode(String name, byte[] bytes) {
    int line = 1;
    for (byte b : bytes) {
      if (b == 0) {
        throw new UserException(
            "%s:%d: there is a NUL byte, so this is no text; a problem file is Markdown in UTF-8."
                .formatted(name, line));
      }
      if (b == '\n') {
        line++;
      }
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(in).toString();
    } catch (CharacterCodingException e) {
      // The decoder stops at the first byte that is wrong.
      long before = new String(bytes, 0, in.position(), StandardCharsets.UTF_8).lines().count();
      boolean lineStart = in.position() == 0 || bytes[in.position() - 1] == '\n';
      throw new UserException(
          "%s:%d: this is no UTF-8 text; save the file as UTF-8."
              .formatted(name, Math.max(1, lineStart ? before + 1 : before)),
          e);
    }
  }
}
