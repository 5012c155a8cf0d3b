package dev.mallard.sandbox.executor;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Standard output, or standard error, of a program: hands on what is written, decoded, until the
 * limit is reached, and drops the rest. Bytes that are no UTF-8 come out as U+FFFD.
 */
public final class GuestOutput extends OutputStream {
  private static final int LONGEST_CHUNK = 8192;

  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private final CharBuffer characters = CharBuffer.allocate(LONGEST_CHUNK);
  // At most the three bytes of a character whose fourth has not yet come.
  private final ByteBuffer incomplete = ByteBuffer.allocate(16);
  private Consumer<String> sink = text -> {};
  private int remaining;

  /** Begins to hand on; what came before is lost. */
  public synchronized void open(int limit, Consumer<String> newSink) {
    remaining = limit;
    sink = newSink;
  }

  /** Hands on the last, incomplete character, and then nothing more. Idempotent. */
  public synchronized void finish() {
    incomplete.flip();
    decoder.decode(incomplete, characters, true);
    decoder.flush(characters);
    decoder.reset();
    incomplete.clear();
    emit();
    remaining = 0;
  }

  @Override
  public void write(int value) {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    int position = offset;
    int end = offset + length;
    while (position < end && remaining > 0) {
      if (incomplete.position() > 0) {
        incomplete.put(bytes[position++]);
        incomplete.flip();
        decoder.decode(incomplete, characters, false);
        incomplete.compact();
      } else {
        ByteBuffer rest = ByteBuffer.wrap(bytes, position, end - position);
        boolean all = decoder.decode(rest, characters, false).isUnderflow();
        position = rest.position();
        if (all) {
          incomplete.put(rest);
          position = end;
        }
      }
      emit();
    }
  }

  private void emit() {
    characters.flip();
    int length = Math.min(characters.remaining(), remaining);
    boolean splitsPair =
        length > 0
            && length < characters.remaining()
            && Character.isHighSurrogate(characters.get(characters.position() + length - 1));
    String text = characters.subSequence(0, splitsPair ? length - 1 : length).toString();
    remaining -= length;
    characters.clear();
    if (!text.isEmpty()) {
      sink.accept(text);
    }
  }
}
