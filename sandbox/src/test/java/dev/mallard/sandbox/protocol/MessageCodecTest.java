package dev.mallard.sandbox.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.sandbox.Coverage;
import dev.mallard.sandbox.DataValue;
import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.GuestLanguage;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.Observation;
import dev.mallard.sandbox.TestResult;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.Trace;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.Verdict.Comparison;
import dev.mallard.sandbox.Verdict.Crashed;
import dev.mallard.sandbox.Verdict.Failed;
import dev.mallard.sandbox.Verdict.Malformed;
import dev.mallard.sandbox.Verdict.OutOfMemory;
import dev.mallard.sandbox.Verdict.Passed;
import dev.mallard.sandbox.Verdict.Test;
import dev.mallard.sandbox.Verdict.TimedOut;
import dev.mallard.sandbox.executor.OutputStreamKind;
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
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
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
        Combinators.combine(
                Arbitraries.of(GuestLanguage.class),
                text(),
                suite(),
                duration(),
                Arbitraries.integers().greaterOrEqual(64),
                Arbitraries.of(Observation.class).set())
            .as((language, program, tests, limit, size, observations) ->
                new Run(
                    new Execution(
                        language,
                        program,
                        tests,
                        new Limits(limit.plusNanos(1), size, size),
                        observations))),
        suite().map(Check::new),
        Arbitraries.of(new Ready(), new Started(), new Cancel()),
        test().list().ofMaxSize(3).map(Planned::new),
        test().map(TestStarted::new),
        Combinators.combine(test(), verdict(), duration())
            .as((test, verdict, elapsed) -> new TestEnded(new TestResult(test, verdict, elapsed))),
        text().map(Refused::new),
        Combinators.combine(Arbitraries.of(OutputStreamKind.class), text()).as(Output::new),
        Combinators.combine(verdict(), duration(), trace().optional(), coverage().optional())
            .as(Finished::new),
        malformed().optional().map(Checked::new));
  }

  private static Arbitrary<TestSuite> suite() {
    Arbitrary<TestSuite.Call> call =
        Combinators.combine(value(2).list().ofMaxSize(3), value(2)).as(TestSuite.Call::new);
    Arbitrary<TestSuite.Expected> expected =
        Arbitraries.oneOf(
            text().map(TestSuite.Expected.Query::new),
            Arbitraries.create(TestSuite.Expected.Anything::new),
            value(0).list().ofMaxSize(3).list().ofMaxSize(3).map(TestSuite.Expected.Rows::new));
    return Arbitraries.oneOf(
        text().map(TestSuite.Asserts::new),
        Combinators.combine(text(), call.list().ofMaxSize(3), Arbitraries.doubles().between(0, 1))
            .as(TestSuite.Calls::new),
        Combinators.combine(text(), text())
            .as(TestSuite.Exchange::new)
            .list()
            .ofMaxSize(3)
            .map(TestSuite.StandardIo::new),
        Combinators.combine(text(), expected, Arbitraries.of(true, false))
            .as(TestSuite.ResultSet::new)
            .list()
            .ofMaxSize(3)
            .map(TestSuite.ResultSets::new));
  }

  private static Arbitrary<DataValue> value(int depth) {
    Arbitrary<DataValue> leaf =
        Arbitraries.oneOf(
            Arbitraries.just(new DataValue.Null()),
            Arbitraries.of(true, false).map(DataValue.Bool::new),
            Arbitraries.bigIntegers().map(DataValue.Whole::new),
            Arbitraries.doubles().map(DataValue.Real::new),
            text().map(DataValue.Text::new));
    return depth == 0
        ? leaf
        : Arbitraries.oneOf(
            leaf,
            value(depth - 1).list().ofMaxSize(3).map(DataValue.Sequence::new),
            Arbitraries.maps(text(), value(depth - 1)).ofMaxSize(3).map(DataValue.Mapping::new));
  }

  private static Arbitrary<Trace> trace() {
    Arbitrary<Integer> line = Arbitraries.integers();
    Arbitrary<List<Trace.Variable>> variables =
        Combinators.combine(text(), text()).as(Trace.Variable::new).list().ofMaxSize(3);
    Arbitrary<Trace.Step> step =
        Arbitraries.oneOf(
            Combinators.combine(text(), line, variables).as(Trace.Called::new),
            Combinators.combine(line, variables, line.optional()).as(Trace.Line::new),
            Combinators.combine(text(), text()).as(Trace.Returned::new),
            Combinators.combine(text(), text()).as(Trace.Raised::new),
            Arbitraries.longs().map(Trace.Omitted::new));
    return Combinators.combine(test(), step.list().ofMaxSize(4)).as(Trace::new);
  }

  private static Arbitrary<Coverage> coverage() {
    Arbitrary<SortedSet<Integer>> lines =
        Arbitraries.integers().set().ofMaxSize(5).map(TreeSet::new);
    return Combinators.combine(lines, lines).as(Coverage::new);
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
