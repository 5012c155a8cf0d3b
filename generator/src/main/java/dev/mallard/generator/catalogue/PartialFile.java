package dev.mallard.generator.catalogue;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;

/**
 * A file on its way: its bytes so far in {@code NAME.partial}, digested as they come, and the
 * server's entity tag beside it, so that a later try can ask for the rest of the same content.
 */
final class PartialFile implements Closeable {
  private final RemoteFile file;
  private final Path target;
  private final Path folder;
  private final Path partial;
  private final Path tag;
  private final Disk disk;
  private final FileChannel channel;
  private ContentDigest.Hasher hasher;
  private long length;
  private Optional<ContentDigest.Result> result = Optional.empty();

  /** The disk took no more. */
  static final class WriteException extends IOException {
    private static final long serialVersionUID = 1L;

    WriteException(IOException cause) {
      super("cannot write", cause);
    }
  }

  /** The disk is full, which the message says. */
  static final class DiskFullException extends PartialDownloadException {
    private static final long serialVersionUID = 1L;

    DiskFullException(String message, IOException cause) {
      super(message, cause);
    }
  }

  private PartialFile(RemoteFile file, Path target, Disk disk) throws IOException {
    this.file = file;
    this.target = target;
    this.folder = Objects.requireNonNull(target.toAbsolutePath().getParent());
    this.partial = sibling(target, ".partial");
    this.tag = sibling(target, ".partial.etag");
    this.disk = disk;
    this.hasher = file.digest().hasher(file.size());
    this.channel =
        FileChannel.open(
            Files.exists(target) ? target : partial,
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
  }

  /** Opens what there is of a file, and digests it. */
  static PartialFile open(Path target, RemoteFile file, Disk disk)
      throws IOException, InterruptedException {
    boolean whole = Files.exists(target);
    PartialFile opened = new PartialFile(file, target, disk);
    try {
      opened.digestWhatIsThere();
      if (whole && !opened.verify()) {
        opened.close();
        Files.delete(target);
        return new PartialFile(file, target, disk);
      }
      return opened;
    } catch (IOException | InterruptedException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  static Path sibling(Path path, String suffix) {
    return path.resolveSibling(path.getFileName() + suffix);
  }

  private void digestWhatIsThere() throws IOException, InterruptedException {
    long there = channel.size();
    if (there > file.size()) {
      channel.truncate(0);
      return;
    }
    ByteBuffer buffer = ByteBuffer.allocate(1 << 18);
    while (length < there) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      buffer.clear();
      int count = channel.read(buffer);
      if (count < 0) {
        break;
      }
      hasher.update(buffer.array(), count);
      length += count;
    }
  }

  long length() {
    return length;
  }

  long size() {
    return file.size();
  }

  /** Whether the file was in place, and is what it should be. */
  boolean complete() {
    return result.isPresent() && result.get().matches();
  }

  /** SHA-256 of a file that was verified. */
  String sha256() {
    return result.orElseThrow().sha256();
  }

  Optional<String> entityTag() throws IOException {
    // A weak tag says nothing about bytes (RFC 9110, section 13.1.5).
    return Files.exists(tag)
        ? Optional.of(Files.readString(tag)).filter(value -> value.startsWith("\""))
        : Optional.empty();
  }

  void rememberEntityTag(String value) throws IOException {
    if (value.startsWith("\"") && value.length() < 1000) {
      Files.writeString(tag, value);
    } else {
      Files.deleteIfExists(tag);
    }
  }

  /**
   * Appends bytes.
   *
   * @throws WriteException if the disk does not take them
   * @throws DiskFullException if that is because it is full; nothing of the file is left then
   */
  void write(byte[] bytes, int count) throws IOException, InterruptedException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, count);
    try {
      disk.write(channel, buffer);
    } catch (java.nio.channels.ClosedByInterruptException e) {
      Thread.interrupted();
      throw new InterruptedException();
    } catch (IOException e) {
      if (full(count)) {
        throw diskFull(e);
      }
      throw new WriteException(e);
    }
    hasher.update(bytes, count);
    length += count;
  }

  private boolean full(int wanted) throws IOException {
    return disk.usableBytes(folder) < wanted;
  }

  private DiskFullException diskFull(IOException cause) throws IOException {
    long missing = file.size() - length;
    close();
    discard();
    return new DiskFullException(
        "The disk of %s was full with %s of %s still to come: free some space, or set MALLARD_CACHE"
                .formatted(folder, ByteSize.format(missing), file.name())
            + " to a folder on another disk.",
        cause);
  }

  /** Forgets all bytes. */
  void restart() throws IOException {
    channel.truncate(0);
    channel.position(0);
    Files.deleteIfExists(tag);
    hasher = file.digest().hasher(file.size());
    length = 0;
    result = Optional.empty();
  }

  /** Whether the bytes are the expected ones. */
  boolean verify() {
    if (result.isEmpty()) {
      result = Optional.of(hasher.finish());
    }
    return length == file.size() && result.get().matches();
  }

  /**
   * Puts the file in its place, if it was verified, and removes it if it is not what it should be.
   *
   * @return its SHA-256
   */
  String moveIntoPlace(String from) throws IOException {
    ContentDigest.Result digest = result.orElseThrow();
    if (!digest.matches()) {
      close();
      discard();
      throw corrupt(from, file.digest().kind() + " " + digest.compared());
    }
    channel.force(true);
    close();
    Files.deleteIfExists(tag);
    FileDownloader.move(partial, target);
    return digest.sha256();
  }

  PartialDownloadException corrupt(String from, String found) {
    return new PartialDownloadException(
        "%s from %s is not what it should be (expected %s %s, got %s) and was removed: try again."
            .formatted(file.name(), from, file.digest().kind(), file.digest().value(), found),
        null);
  }

  private void discard() throws IOException {
    Files.deleteIfExists(partial);
    Files.deleteIfExists(tag);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
