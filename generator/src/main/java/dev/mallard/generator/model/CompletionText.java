package dev.mallard.generator.model;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Puts the bytes of tokens together into text: holds back an unfinished character and what may
 * become a stop string, and ends at the first stop string, also where it spans tokens.
 */
public final class CompletionText {
  private final List<String> stops;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private final StringBuilder text = new StringBuilder();
  private byte[] unfinished = {};
  private int released;
  private boolean stopped;

  /**
   * Begins an empty text.
   *
   * @param stops the text ends before the first of these strings
   */
  public CompletionText(List<String> stops) {
    this.stops = stops;
  }

  /** Adds a token's bytes; does nothing once a stop string was met. */
  public void add(byte[] bytes) {
    if (stopped || bytes.length == 0) {
      return;
    }
    decode(bytes, false);
    cutAtStop();
  }

  /**
   * Says that no more bytes come: an unfinished character becomes U+FFFD, and nothing is held back
   * any more.
   */
  public void end() {
    if (!stopped) {
      decode(new byte[0], true);
      cutAtStop();
    }
    stopped = true;
  }

  /** Whether a stop string was met, or the text was ended. */
  public boolean stopped() {
    return stopped;
  }

  /** The text that has become certain since the last call; perhaps empty. */
  public String release() {
    int certain = stopped ? text.length() : text.length() - heldBack();
    String more = text.substring(released, Math.max(released, certain));
    released += more.length();
    return more;
  }

  /** All text so far, without a stop string. */
  public String text() {
    return text.toString();
  }

  private void decode(byte[] bytes, boolean last) {
    ByteBuffer input = ByteBuffer.allocate(unfinished.length + bytes.length);
    input.put(unfinished).put(bytes).flip();
    CharBuffer output = CharBuffer.allocate(input.remaining() + 1);
    decoder.reset().decode(input, output, last);
    unfinished = new byte[input.remaining()];
    input.get(unfinished);
    text.append(output.flip());
  }

  private void cutAtStop() {
    int longest = stops.stream().mapToInt(String::length).max().orElse(0);
    int from = Math.max(0, released - longest + 1);
    int first =
        stops.stream()
            .mapToInt(stop -> text.indexOf(stop, from))
            .filter(at -> at >= 0)
            .min()
            .orElse(-1);
    if (first >= 0) {
      text.setLength(first);
      stopped = true;
    }
  }

  /** Length of the longest end of the text that begins some stop string. */
  private int heldBack() {
    int most = 0;
    for (String stop : stops) {
      for (int length = Math.min(stop.length() - 1, text.length()); length > most; length--) {
        if (stop.startsWith(text.substring(text.length() - length))) {
          most = length;
        }
      }
    }
    return most;
  }
}
