package dev.mallard.generator.checkpoint;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import net.razorvine.pickle.PickleException;
import net.razorvine.pickle.PickleUtils;

/** Bytes of the pickle, of which no more can be asked for than there are. */
final class PickleSource extends InputStream {
  private static final int MAXIMUM_LINE = 512;

  private final byte[] bytes;
  private int at;

  PickleSource(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public int available() {
    return bytes.length - at;
  }

  @Override
  public int read() throws EOFException {
    require(1);
    return bytes[at++] & 0xFF;
  }

  @Override
  public int read(byte[] destination, int from, int count) throws EOFException {
    require(count);
    System.arraycopy(bytes, at, destination, from, count);
    at += count;
    return count;
  }

  private void require(long count) throws EOFException {
    if (count > available()) {
      throw new EOFException();
    }
  }

  /** Checks that a length and as many bytes follow. */
  void requireCounted(int lengthBytes) throws EOFException {
    require(lengthBytes);
    long length = 0;
    for (int i = 0; i < lengthBytes; i++) {
      length |= (long) (bytes[at + i] & 0xFF) << (8 * i);
    }
    require(lengthBytes + length);
  }

  /** The name that ends with the line. */
  String line() throws IOException {
    String line = PickleUtils.readline(this);
    if (line.length() > MAXIMUM_LINE) {
      throw new PickleException("a name is too long");
    }
    return line;
  }
}
