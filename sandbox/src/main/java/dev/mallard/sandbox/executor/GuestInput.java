package dev.mallard.sandbox.executor;

import java.io.InputStream;

/** Standard input of a program: what it is given before it starts, and then the end. */
public final class GuestInput extends InputStream {
  private byte[] bytes = {};
  private int position;

  /** Sets what there is to read. */
  public synchronized void open(byte[] input) {
    bytes = input.clone();
    position = 0;
  }

  @Override
  public synchronized int read() {
    return position < bytes.length ? bytes[position++] & 0xff : -1;
  }

  @Override
  public synchronized int read(byte[] buffer, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    int count = Math.min(length, bytes.length - position);
    if (count <= 0) {
      return -1;
    }
    System.arraycopy(bytes, position, buffer, offset, count);
    position += count;
    return count;
  }

  @Override
  public synchronized int available() {
    return bytes.length - position;
  }
}
