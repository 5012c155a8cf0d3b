package dev.mallard.lsp.request;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Passes on the messages of the base protocol and ends where a header is none: what comes after it
 * cannot be told apart any more, and a length that no message has would fill the memory.
 */
final class FramedInput extends InputStream {
  /** Longest message, in bytes. */
  private static final long LONGEST = 256L << 20;

  private static final int LONGEST_HEADER = 8192;
  private static final Pattern LENGTH =
      Pattern.compile("(?im)^content-length:[ \\t]*(\\d{1,12})[ \\t]*$");

  private final InputStream in;
  private byte[] header = {};
  private int headerPlace;
  private long bodyLeft;
  private boolean ended;

  FramedInput(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (headerPlace == header.length && bodyLeft == 0 && !readHeader()) {
      return -1;
    }
    if (headerPlace < header.length) {
      int count = Math.min(length, header.length - headerPlace);
      System.arraycopy(header, headerPlace, buffer, offset, count);
      headerPlace += count;
      return count;
    }
    int count = in.read(buffer, offset, (int) Math.min(length, bodyLeft));
    if (count < 0) {
      ended = true;
      return -1;
    }
    bodyLeft -= count;
    return count;
  }

  /** Reads up to the empty line; false at the end of the input, or if this is no header. */
  private boolean readHeader() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    String text = "";
    while (!ended && !text.endsWith("\r\n\r\n") && !text.endsWith("\n\n")) {
      int next = in.read();
      if (next < 0 || bytes.size() == LONGEST_HEADER) {
        ended = true;
      } else {
        bytes.write(next);
        text = next == '\n' ? bytes.toString(StandardCharsets.US_ASCII) : "";
      }
    }
    Matcher matcher = LENGTH.matcher(text.replace("\r", ""));
    if (ended || !matcher.find() || Long.parseLong(matcher.group(1)) > LONGEST) {
      ended = true;
      return false;
    }
    bodyLeft = Long.parseLong(matcher.group(1));
    header = bytes.toByteArray();
    headerPlace = 0;
    return true;
  }

  @Override
  public int available() throws IOException {
    int ready = header.length - headerPlace;
    return ready > 0 ? ready : (int) Math.min(bodyLeft, in.available());
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
