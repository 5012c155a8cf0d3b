package dev.mallard.generator.catalogue;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * One entry of a gzipped tar archive, read without unpacking anything else.
 *
 * <p>The archive may be hostile: at most so many entries and bytes are looked at.
 */
final class TarPiece implements Closeable {
  private static final int MOST_ENTRIES = 1000;
  private static final long ROOM_FOR_OTHERS = 16 << 20;

  private final TarArchiveInputStream tar;

  /** The archive is not one that holds the entry. */
  static final class MalformedException extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
      super(message);
    }
  }

  private TarPiece(TarArchiveInputStream tar) {
    this.tar = tar;
  }

  /**
   * Finds an entry.
   *
   * @param largest the most bytes that the entry may have
   * @throws MalformedException if the archive does not hold it, or is too large or no archive
   */
  static TarPiece open(Path archive, String entry, long largest) throws IOException {
    InputStream file = new BufferedInputStream(Files.newInputStream(archive), 1 << 16);
    try {
      TarArchiveInputStream tar =
          new TarArchiveInputStream(
              new Bounded(new GZIPInputStream(file, 1 << 16), largest + ROOM_FOR_OTHERS));
      for (int i = 0; i < MOST_ENTRIES; i++) {
        TarArchiveEntry next = tar.getNextEntry();
        if (next == null) {
          break;
        }
        if (next.getName().equals(entry) && next.isFile() && !next.isSparse()) {
          if (next.getSize() > largest) {
            throw new MalformedException("its entry is too large: " + next.getSize());
          }
          return new TarPiece(tar);
        }
      }
      throw new MalformedException("it has no entry " + entry);
    } catch (MalformedException e) {
      file.close();
      throw e;
    } catch (IOException e) {
      file.close();
      throw malformed(e);
    }
  }

  /** Reads as {@link InputStream#read(byte[])} does. */
  int read(byte[] buffer) throws IOException {
    try {
      return tar.read(buffer);
    } catch (IOException e) {
      throw malformed(e);
    }
  }

  private static MalformedException malformed(IOException cause) {
    MalformedException malformed = new MalformedException("it is no gzipped tar archive");
    malformed.initCause(cause);
    return malformed;
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }

  private static final class Bounded extends FilterInputStream {
    private long left;

    Bounded(InputStream in, long most) {
      super(in);
      left = most;
    }

    @Override
    public int read() throws IOException {
      count(1);
      return super.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = super.read(bytes, offset, length);
      count(Math.max(count, 0));
      return count;
    }

    @Override
    public long skip(long count) throws IOException {
      long skipped = super.skip(count);
      count(skipped);
      return skipped;
    }

    private void count(long count) throws MalformedException {
      left -= count;
      if (left < 0) {
        throw new MalformedException("it unpacks to more than was expected");
      }
    }
  }
}
