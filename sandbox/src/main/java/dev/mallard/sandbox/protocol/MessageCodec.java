package dev.mallard.sandbox.protocol;

import dev.mallard.sandbox.TestResult;
import dev.mallard.sandbox.Verdict.Malformed;
import dev.mallard.sandbox.executor.OutputStreamKind;
import dev.mallard.sandbox.executor.SourceText;
import dev.mallard.sandbox.protocol.Message.Cancel;
import dev.mallard.sandbox.protocol.Message.Check;
import dev.mallard.sandbox.protocol.Message.Checked;
import dev.mallard.sandbox.protocol.Message.Finished;
import dev.mallard.sandbox.protocol.Message.Output;
import dev.mallard.sandbox.protocol.Message.Planned;
import dev.mallard.sandbox.protocol.Message.Ready;
import dev.mallard.sandbox.protocol.Message.Refused;
import dev.mallard.sandbox.protocol.Message.Run;
import dev.mallard.sandbox.protocol.Message.Started;
import dev.mallard.sandbox.protocol.Message.TestEnded;
import dev.mallard.sandbox.protocol.Message.TestStarted;
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
 * is a boolean and then its value, a list is the number of its elements and then these.
 *
 * <p>The other side may be hostile: whatever the bytes are, reading takes no more memory than a
 * small multiple of the bound on a frame and ends with a message or an {@link IOException}.
 */
public final class MessageCodec {
  /** The most that a worker may send in one frame, in bytes. */
  public static final int MAX_ANSWER_BYTES = 1 << 21;

  /** The most that may be sent to a worker in one frame, in bytes. */
  public static final int MAX_REQUEST_BYTES = 4 * SourceText.MAX_CHARACTERS + (1 << 20);

  private static final int RUN = 1;
  private static final int CHECK = 2;
  private static final int READY = 3;
  private static final int STARTED = 4;
  private static final int TEST_STARTED = 5;
  private static final int TEST_ENDED = 6;
  private static final int OUTPUT = 7;
  private static final int FINISHED = 8;
  private static final int CHECKED = 9;
  private static final int REFUSED = 10;
  private static final int PLANNED = 11;
  private static final int CANCEL = 12;

  private MessageCodec() {}

  /**
   * Writes one frame and flushes.
   *
   * @throws FrameTooLongException if the message does not fit in a frame; nothing is written then
   */
  public static void write(Message message, DataOutputStream out) throws IOException {
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    encode(message, new FieldWriter(new DataOutputStream(payload)));
    boolean request = message instanceof Run || message instanceof Check;
    int most = request ? MAX_REQUEST_BYTES : MAX_ANSWER_BYTES;
    if (payload.size() > most) {
      throw new FrameTooLongException(payload.size(), most);
    }
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
  public static Message read(DataInputStream in, int maxBytes) throws IOException {
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
    Message message;
    try {
      message = decode(fields);
    } catch (IllegalArgumentException e) {
      throw new IOException("A frame holds what cannot be: " + e.getMessage(), e);
    }
    fields.end();
    return message;
  }

  private static void encode(Message message, FieldWriter out) throws IOException {
    switch (message) {
      case Run(var execution) -> {
        out.kind(RUN);
        ExecutionCodec.encode(execution, out);
      }
      case Check(var tests) -> {
        out.kind(CHECK);
        TestSuiteCodec.encode(tests, out);
      }
      case Cancel() -> out.kind(CANCEL);
      case Ready() -> out.kind(READY);
      case Planned(var tests) -> {
        out.kind(PLANNED);
        out.list(tests, out::test);
      }
      case Started() -> out.kind(STARTED);
      case TestStarted(var test) -> {
        out.kind(TEST_STARTED);
        out.test(test);
      }
      case TestEnded(TestResult(var test, var verdict, var elapsed)) -> {
        out.kind(TEST_ENDED);
        out.test(test);
        VerdictCodec.encode(verdict, out);
        out.duration(elapsed);
      }
      case Output(var stream, var text) -> {
        out.kind(OUTPUT);
        out.kind(kind(stream));
        out.string(text);
      }
      case Finished(var verdict, var elapsed, var trace, var coverage) -> {
        out.kind(FINISHED);
        VerdictCodec.encode(verdict, out);
        out.duration(elapsed);
        out.optional(trace, found -> ObservationCodec.encode(found, out));
        out.optional(coverage, found -> ObservationCodec.encode(found, out));
      }
      case Checked(var problem) -> {
        out.kind(CHECKED);
        out.optional(problem, found -> VerdictCodec.encode(found, out));
      }
      case Refused(var reason) -> {
        out.kind(REFUSED);
        out.string(reason);
      }
    }
  }

  private static Message decode(FieldReader in) throws IOException {
    int kind = in.kind();
    return switch (kind) {
      case RUN -> new Run(ExecutionCodec.decode(in));
      case CHECK -> new Check(TestSuiteCodec.decode(in));
      case READY -> new Ready();
      case CANCEL -> new Cancel();
      case PLANNED -> new Planned(in.list(in::test));
      case STARTED -> new Started();
      case TEST_STARTED -> new TestStarted(in.test());
      case TEST_ENDED ->
          new TestEnded(new TestResult(in.test(), VerdictCodec.decode(in), in.duration()));
      case OUTPUT -> new Output(stream(in.kind()), in.string());
      case FINISHED ->
          new Finished(
              VerdictCodec.decode(in),
              in.duration(),
              in.optional(() -> ObservationCodec.decodeTrace(in)),
              in.optional(() -> ObservationCodec.decodeCoverage(in)));
      case CHECKED -> new Checked(in.optional(() -> malformed(in)));
      case REFUSED -> new Refused(in.string());
      default -> throw new IOException("No message is of kind " + kind);
    };
  }

  private static int kind(OutputStreamKind stream) {
    return switch (stream) {
      case STANDARD_OUTPUT -> 1;
      case STANDARD_ERROR -> 2;
    };
  }

  private static OutputStreamKind stream(int kind) throws IOException {
    return switch (kind) {
      case 1 -> OutputStreamKind.STANDARD_OUTPUT;
      case 2 -> OutputStreamKind.STANDARD_ERROR;
      default -> throw new IOException("No stream is of kind " + kind);
    };
  }

  private static Malformed malformed(FieldReader in) throws IOException {
    if (VerdictCodec.decode(in) instanceof Malformed malformed) {
      return malformed;
    }
    throw new IOException("A check of tests can find nothing but what does not parse");
  }
}
