package dev.mallard.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.sandbox.Message.Check;
import dev.mallard.sandbox.Message.Checked;
import dev.mallard.sandbox.Message.Finished;
import dev.mallard.sandbox.Message.Output;
import dev.mallard.sandbox.Message.Ready;
import dev.mallard.sandbox.Message.Run;
import dev.mallard.sandbox.Message.Started;
import dev.mallard.sandbox.Message.Stream;
import dev.mallard.sandbox.Message.TestStarted;
import dev.mallard.sandbox.Verdict.Comparison;
import dev.mallard.sandbox.Verdict.Crashed;
import dev.mallard.sandbox.Verdict.Failed;
import dev.mallard.sandbox.Verdict.Malformed;
import dev.mallard.sandbox.Verdict.OutOfMemory;
import dev.mallard.sandbox.Verdict.Passed;
import dev.mallard.sandbox.Verdict.Test;
import dev.mallard.sandbox.Verdict.TimedOut;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class MessageCodecTest {
  private static final int MAX = 1 << 16;

  @Property(tries = 500)
  void readsWhatItWrote(@ForAll("messages") Message message) throws IOException {
    assertThat(read(bytes(message))).isEqualTo(message);
  }

  @Property(tries = 200)
  void readsOneFrameAfterTheOther(
      @ForAll("messages") Message first, @ForAll("messages") Message second) throws IOException {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.write(bytes(first));
    both.write(bytes(second));
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(both.toByteArray()));
    assertThat(MessageCodec.read(in, MAX)).isEqualTo(first);
    assertThat(MessageCodec.read(in, MAX)).isEqualTo(second);
  }

  @Property(tries = 500)
  void aStreamThatEndsInsideAFrameIsAnError(
      @ForAll("messages") Message message, @ForAll int position) throws IOException {
    byte[] whole = bytes(message);
    byte[] part = Arrays.copyOf(whole, Math.floorMod(position, whole.length));
    assertThatThrownBy(() -> read(part)).isInstanceOf(EOFException.class);
  }

  @Property(tries = 500)
  void aFrameCutShortIsAnError(@ForAll("messages") Message message, @ForAll int position)
      throws IOException {
    byte[] whole = bytes(message);
    int length = whole.length - Integer.BYTES;
    int shorter = Math.floorMod(position, length);
    byte[] part = Arrays.copyOf(whole, Integer.BYTES + shorter);
    ByteBuffer.wrap(part).putInt(shorter);
    assertThatThrownBy(() -> read(part)).isInstanceOf(IOException.class);
  }

  @Property(tries = 500)
  void aFrameWithBytesToSpareIsAnError(@ForAll("messages") Message message) throws IOException {
    byte[] whole = bytes(message);
    byte[] longer = Arrays.copyOf(whole, whole.length + 1);
    ByteBuffer.wrap(longer).putInt(longer.length - Integer.BYTES);
    assertThatThrownBy(() -> read(longer)).isInstanceOf(IOException.class);
  }

  @Property(tries = 2000)
  void garbageIsAMessageOrAnError(@ForAll byte[] garbage, @ForAll boolean framed) {
    byte[] bytes =
        framed
            ? ByteBuffer.allocate(garbage.length + 4).putInt(garbage.length).put(garbage).array()
            : garbage;
    try {
      assertThat(read(bytes)).isNotNull();
    } catch (IOException e) {
      assertThat(e).isNotNull();
    }
  }

  @Property(tries = 1000)
  void aDamagedFrameIsAMessageOrAnError(
      @ForAll("messages") Message message, @ForAll int position, @ForAll byte value)
      throws IOException {
    byte[] bytes = bytes(message);
    bytes[Math.floorMod(position, bytes.length)] = value;
    garbageIsAMessageOrAnError(bytes, false);
  }

  @Example
  void aLengthOutOfBoundsIsRefusedBeforeMemoryIsTaken() {
    for (int length : new int[] {0, -1, MAX + 1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      byte[] bytes = ByteBuffer.allocate(100).putInt(length).array();
      assertThatThrownBy(() -> read(bytes))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("out of bounds");
    }
  }

  @Provide
  Arbitrary<Message> messages() {
    return Arbitraries.oneOf(
        Combinators.combine(text(), text(), duration(), Arbitraries.integers().greaterOrEqual(64))
            .as((program, tests, limit, size) ->
                new Run(program, tests, new Limits(limit.plusNanos(1), size, size))),
        text().map(Check::new),
        Arbitraries.of(new Ready(), new Started()),
        test().map(TestStarted::new),
        Combinators.combine(Arbitraries.of(Stream.class), text()).as(Output::new),
        Combinators.combine(verdict(), duration()).as(Finished::new),
        malformed().optional().map(Checked::new));
  }

  private static Arbitrary<Verdict> verdict() {
    Arbitrary<Comparison> comparison =
        Combinators.combine(text(), text(), text()).as(Comparison::new);
    Arbitrary<Integer> number = Arbitraries.integers();
    return Arbitraries.oneOf(
        number.map(Passed::new),
        Combinators.combine(test(), comparison.optional(), text().optional(), number)
            .as(Failed::new),
        Combinators.combine(text(), text(), number.optional(), test().optional(), number)
            .as(Crashed::new),
        Combinators.combine(duration(), test().optional(), number).as(TimedOut::new),
        Combinators.combine(number, test().optional()).as(OutOfMemory::new),
        malformed());
  }

  private static Arbitrary<Malformed> malformed() {
    return Combinators.combine(text(), Arbitraries.integers(), Arbitraries.integers())
        .as(Malformed::new);
  }

  private static Arbitrary<Test> test() {
    return Combinators.combine(Arbitraries.integers(), text()).as(Test::new);
  }

  private static Arbitrary<Duration> duration() {
    return Arbitraries.longs().between(0, 1L << 60).map(Duration::ofNanos);
  }

  /** Any UTF-16 code units, unpaired surrogates among them. */
  private static Arbitrary<String> text() {
    return Arbitraries.strings().all().ofMaxLength(40);
  }

  private static byte[] bytes(Message message) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    MessageCodec.write(message, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static Message read(byte[] bytes) throws IOException {
    return MessageCodec.read(new DataInputStream(new ByteArrayInputStream(bytes)), MAX);
  }
}
