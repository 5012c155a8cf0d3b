package dev.mallard.sandbox.protocol;

import dev.mallard.sandbox.Message.Check;
import dev.mallard.sandbox.Message.Checked;
import dev.mallard.sandbox.Message.Finished;
import dev.mallard.sandbox.Message.Output;
import dev.mallard.sandbox.Message.Ready;
import dev.mallard.sandbox.Message.Run;
import dev.mallard.sandbox.Message.Started;
import dev.mallard.sandbox.Message.Stream;
import dev.mallard.sandbox.Message.TestStarted;
import dev.mallard.sandbox.Verdict.Malformed;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Writes and reads {@link Message}s as frames: the length of the rest as a 32-bit integer, one byte
 * for the kind of message, then its components in order.
 *
 * <p>Integers are big-endian, a duration is its nanoseconds as a 64-bit integer, a string is the
 * number of its UTF-16 code units and then these (so that unpaired surrogates survive), an optional
 * is a boolean and then its value.
 *
 * <p>The other side may be hostile: whatever the bytes are, reading takes no more memory than the
 * bound on a frame and ends with a message or an {@link IOException}.
 */
final class MessageCodec {
  /** The most that a worker may send in one frame, in bytes. */
  static final int MAX_ANSWER_BYTES = 1 << 20;

  /** The most that may be sent to a worker in one frame, in bytes. */
  static final int MAX_REQUEST_BYTES = 4 * Message.MAX_SOURCE_CHARACTERS + 64;

  private static final int RUN = 1;
  private static final int CHECK = 2;
  private static final int READY = 3;
  private static final int STARTED = 4;
  private static final int TEST_STARTED = 5;
  private static final int OUTPUT = 6;
  private static final int FINISHED = 7;
  private static final int CHECKED = 8;

  private MessageCodec() {}

  /** Writes one frame and flushes. */
  static void write(Message message, DataOutputStream out) throws IOException {
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    encode(message, new FieldWriter(new DataOutputStream(payload)));
    out.writeInt(payload.size());
    payload.writeTo(out);
    out.flush();
  }

  /**
   * Reads one frame.
   *
   * @param maxBytes longest frame to accept
   * @throws EOFException if the stream ends
   * @throws IOException if the bytes are no message
   */
  static Message read(DataInputStream in, int maxBytes) throws IOException {
    int length = in.readInt();
    if (length < 1 || length > maxBytes) {
      throw new IOException("A frame of " + length + " bytes is out of bounds");
    }
    // readNBytes takes memory as the bytes arrive, not for what the length promises.
    byte[] payload = in.readNBytes(length);
    if (payload.length < length) {
      throw new EOFException("The stream ended inside a frame");
    }
    FieldReader fields = new FieldReader(ByteBuffer.wrap(payload));
    Message message = decode(fields);
    fields.end();
    return message;
  }

  private static void encode(Message message, FieldWriter out) throws IOException {
    switch (message) {
      case Run(var program, var tests, var limits) -> {
        out.kind(RUN);
        out.string(program);
        out.string(tests);
        out.duration(limits.wallClock());
        out.integer(limits.heapMebibytes());
        out.integer(limits.outputCharacters());
      }
      case Check(var tests) -> {
        out.kind(CHECK);
        out.string(tests);
      }
      case Ready() -> out.kind(READY);
      case Started() -> out.kind(STARTED);
      case TestStarted(var test) -> {
        out.kind(TEST_STARTED);
        out.test(test);
      }
      case Output(var stream, var text) -> {
        out.kind(OUTPUT);
        out.kind(kind(stream));
        out.string(text);
      }
      case Finished(var verdict, var elapsed) -> {
        out.kind(FINISHED);
        VerdictCodec.encode(verdict, out);
        out.duration(elapsed);
      }
      case Checked(var problem) -> {
        out.kind(CHECKED);
        out.optional(problem, found -> VerdictCodec.encode(found, out));
      }
    }
  }

  private static Message decode(FieldReader in) throws IOException {
    int kind = in.kind();
    return switch (kind) {
      case RUN -> new Run(in.string(), in.string(), limits(in));
      case CHECK -> new Check(in.string());
      case READY -> new Ready();
      case STARTED -> new Started();
      case TEST_STARTED -> new TestStarted(in.test());
      case OUTPUT -> new Output(stream(in.kind()), in.string());
      case FINISHED -> new Finished(VerdictCodec.decode(in), in.duration());
      case CHECKED -> new Checked(in.optional(() -> malformed(VerdictCodec.decode(in))));
      default -> throw new IOException("No message is of kind " + kind);
    };
  }

  private static Limits limits(FieldReader in) throws IOException {
    try {
      return new Limits(in.duration(), in.integer(), in.integer());
    } catch (IllegalArgumentException e) {
      throw new IOException("No limits: " + e.getMessage(), e);
    }
  }

  private static int kind(Stream stream) {
    return switch (stream) {
      case STANDARD_OUTPUT -> 1;
      case STANDARD_ERROR -> 2;
    };
  }

  private static Stream stream(int kind) throws IOException {
    return switch (kind) {
      case 1 -> Stream.STANDARD_OUTPUT;
      case 2 -> Stream.STANDARD_ERROR;
      default -> throw new IOException("No stream is of kind " + kind);
    };
  }

  private static Malformed malformed(Verdict verdict) throws IOException {
    if (verdict instanceof Malformed malformed) {
      return malformed;
    }
    throw new IOException("A check of tests cannot find " + verdict);
  }
}
