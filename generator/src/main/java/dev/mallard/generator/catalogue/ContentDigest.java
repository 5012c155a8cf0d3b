package dev.mallard.generator.catalogue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A digest of a file's content, in lower-case hexadecimal.
 *
 * <p>The hub names large files by their SHA-256 (Git LFS) and small ones by the object name that
 * Git gives them: the SHA-1 of {@code "blob " + size + NUL + content}.
 */
record ContentDigest(Kind kind, String value) {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern GIT_BLOB = Pattern.compile("[0-9a-f]{40}");

  enum Kind {
    SHA256,
    GIT_BLOB
  }

  ContentDigest {
    Pattern pattern = kind == Kind.SHA256 ? SHA256 : GIT_BLOB;
    if (!pattern.matcher(value).matches()) {
      throw new IllegalArgumentException("not a " + kind + " digest: " + value);
    }
  }

  static ContentDigest sha256(String value) {
    return new ContentDigest(Kind.SHA256, value.toLowerCase(Locale.ROOT));
  }

  /** The digest that a string is by its length, as entity tags of the hub are. */
  static Optional<ContentDigest> parse(String text) {
    String value = text.replace("W/", "").replace("\"", "").strip().toLowerCase(Locale.ROOT);
    if (SHA256.matcher(value).matches()) {
      return Optional.of(new ContentDigest(Kind.SHA256, value));
    }
    return GIT_BLOB.matcher(value).matches()
        ? Optional.of(new ContentDigest(Kind.GIT_BLOB, value))
        : Optional.empty();
  }

  Hasher hasher(long size) {
    return new Hasher(this, size);
  }

  /** Digests content as it streams by; always its SHA-256 too, which the manifest records. */
  static final class Hasher {
    private final ContentDigest expected;
    private final MessageDigest sha256 = digest("SHA-256");
    private final Optional<MessageDigest> gitBlob;

    private Hasher(ContentDigest expected, long size) {
      this.expected = expected;
      if (expected.kind == Kind.GIT_BLOB) {
        MessageDigest git = digest("SHA-1");
        git.update(("blob " + size + "\0").getBytes(StandardCharsets.US_ASCII));
        gitBlob = Optional.of(git);
      } else {
        gitBlob = Optional.empty();
      }
    }

    void update(byte[] bytes, int length) {
      sha256.update(bytes, 0, length);
      gitBlob.ifPresent(git -> git.update(bytes, 0, length));
    }

    /** Ends the digest, which can be asked for once. */
    Result finish() {
      String content = HexFormat.of().formatHex(sha256.digest());
      String compared = gitBlob.map(git -> HexFormat.of().formatHex(git.digest())).orElse(content);
      return new Result(content, compared, compared.equals(expected.value));
    }

    private static MessageDigest digest(String algorithm) {
      try {
        return MessageDigest.getInstance(algorithm);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(algorithm + " is part of every Java platform", e);
      }
    }
  }

  /**
   * What a file turned out to be.
   *
   * @param sha256 of its content
   * @param compared digest of the kind that was expected
   * @param matches whether it is the one expected
   */
  record Result(String sha256, String compared, boolean matches) {}
}
