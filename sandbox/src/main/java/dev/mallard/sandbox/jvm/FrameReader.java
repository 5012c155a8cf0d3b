package dev.mallard.sandbox.jvm;

import dev.mallard.sandbox.runner.Event;
import dev.mallard.sandbox.runner.Frames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.Consumer;

/** Tells events from what a program itself writes on the same pipe; see {@link Frames}. */
final class FrameReader {
  private final byte[] secret;
  private final Consumer<Event> events;
  private final Consumer<byte[]> rest;
  private final byte[] buffer = new byte[1 << 16];
  private final ByteArrayOutputStream event = new ByteArrayOutputStream();
  private int start;
  private int end;

  /**
   * Makes a reader.
   *
   * @param rest takes all that is in no frame
   */
  FrameReader(byte[] secret, Consumer<Event> events, Consumer<byte[]> rest) {
    this.secret = secret.clone();
    this.events = events;
    this.rest = rest;
  }

  /** Reads to the end. */
  void read(InputStream in) throws IOException {
    int count;
    while ((count = in.read(buffer, end, buffer.length - end)) >= 0) {
      end += count;
      while (take()) {
        // There may be more.
      }
      System.arraycopy(buffer, start, buffer, 0, end - start);
      end -= start;
      start = 0;
    }
    pass(end);
  }

  /** Takes the next frame, or what stands before it. */
  private boolean take() throws IOException {
    int found = find();
    if (found > start) {
      pass(found);
    }
    if (end - start < Frames.HEADER_BYTES || !startsWithSecret(start)) {
      return false;
    }
    int header = start + Frames.SECRET_BYTES;
    int length = (buffer[header + 1] & 0xff) << 8 | (buffer[header + 2] & 0xff);
    if (end - start < Frames.HEADER_BYTES + length) {
      return false;
    }
    if (event.size() + length > Frames.MAX_EVENT_BYTES) {
      throw new IOException("An event is too long");
    }
    event.write(buffer, start + Frames.HEADER_BYTES, length);
    start += Frames.HEADER_BYTES + length;
    if (buffer[header] == 1) {
      byte[] bytes = event.toByteArray();
      event.reset();
      events.accept(Event.fromBytes(bytes));
    }
    return true;
  }

  /** Where the secret begins, or may begin with what has yet to come; the end if nowhere. */
  private int find() {
    for (int index = start; index < end; index++) {
      if (buffer[index] == secret[0] && startsWithSecret(index)) {
        return index;
      }
    }
    return end;
  }

  private boolean startsWithSecret(int index) {
    int length = Math.min(secret.length, end - index);
    return Arrays.equals(buffer, index, index + length, secret, 0, length);
  }

  private void pass(int until) {
    if (until > start) {
      rest.accept(Arrays.copyOfRange(buffer, start, until));
      start = until;
    }
  }
}
