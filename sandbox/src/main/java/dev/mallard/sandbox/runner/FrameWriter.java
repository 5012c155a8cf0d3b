package dev.mallard.sandbox.runner;

import java.io.IOException;
import java.io.OutputStream;

/** Sends events to the executor. */
final class FrameWriter {
  private final byte[] secret;
  private final OutputStream out;
  private final Object lock = new Object();

  FrameWriter(byte[] secret, OutputStream out) {
    this.secret = secret.clone();
    this.out = out;
  }

  void send(Event event) {
    byte[] bytes = event.toBytes();
    synchronized (lock) {
      int position = 0;
      do {
        int length = Math.min(bytes.length - position, Frames.MAX_BYTES - Frames.HEADER_BYTES);
        boolean last = position + length == bytes.length;
        write(frame(bytes, position, length, last));
        position += length;
      } while (position < bytes.length);
    }
  }

  private byte[] frame(byte[] bytes, int position, int length, boolean last) {
    byte[] frame = new byte[Frames.HEADER_BYTES + length];
    System.arraycopy(secret, 0, frame, 0, secret.length);
    frame[secret.length] = (byte) (last ? 1 : 0);
    frame[secret.length + 1] = (byte) (length >> 8);
    frame[secret.length + 2] = (byte) length;
    System.arraycopy(bytes, position, frame, Frames.HEADER_BYTES, length);
    return frame;
  }

  private void write(byte[] frame) {
    try {
      out.write(frame);
    } catch (IOException e) {
      Runtime.getRuntime().halt(RunnerMain.BROKEN); // Nobody listens any longer.
    }
  }
}
