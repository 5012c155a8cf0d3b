package dev.mallard.sandbox.runner;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** What a runner says. */
public sealed interface Event {
  /** The runner is up and waits for its job. */
  record Ready() implements Event {}

  /** The program has printed. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Printed(boolean toStandardError, byte[] bytes) implements Event {}

  /** A test begins. */
  record TestBegan(int test) implements Event {}

  /** A test does not hold; what more there is to say about it follows, if it can be had. */
  record TestFailing(int test) implements Event {}

  /** A test is over. */
  record TestDone(int test, long nanoseconds, Outcome outcome) implements Event {}

  /** What is not part of a test has thrown something. */
  record Thrown(Problem problem) implements Event {}

  /** The program's {@code main} has returned; its threads may still run. */
  record MainReturned() implements Event {}

  /** The program ends the process, with a status that is not known here. */
  record Exiting() implements Event {}

  /** All of the job is done. */
  record Finished() implements Event {}

  /** A line of the program was executed for the first time. */
  record Covered(int line) implements Event {}

  /** Steps of the trace, in order. */
  record Traced(TraceStep step) implements Event {}

  /** What came of a test. */
  sealed interface Outcome {}

  /** It holds. */
  record Held() implements Outcome {}

  /** It does not. */
  record NotHeld(Optional<String> message) implements Outcome {}

  /** The two sides of its equality differ. */
  record Unequal(String actual, String expected, Optional<String> message) implements Outcome {}

  /** It threw something. */
  record Threw(Problem problem) implements Outcome {}

  /** The event as bytes. */
  default byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      write(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException("An array takes all that is written", e);
    }
    return bytes.toByteArray();
  }

  private void write(DataOutput out) throws IOException {
    switch (this) {
      case Ready() -> out.writeByte('r');
      case Printed(boolean toStandardError, byte[] bytes) -> {
        out.writeByte('p');
        out.writeBoolean(toStandardError);
        Wire.writeBytes(bytes, out);
      }
      case TestBegan(int test) -> {
        out.writeByte('b');
        out.writeInt(test);
      }
      case TestFailing(int test) -> {
        out.writeByte('f');
        out.writeInt(test);
      }
      case TestDone(int test, long nanoseconds, Outcome outcome) -> {
        out.writeByte('d');
        out.writeInt(test);
        out.writeLong(nanoseconds);
        writeOutcome(outcome, out);
      }
      case Thrown(Problem problem) -> {
        out.writeByte('t');
        problem.write(out);
      }
      case MainReturned() -> out.writeByte('m');
      case Exiting() -> out.writeByte('x');
      case Finished() -> out.writeByte('e');
      case Covered(int line) -> {
        out.writeByte('c');
        out.writeInt(line);
      }
      case Traced(TraceStep step) -> {
        out.writeByte('s');
        step.write(out);
      }
    }
  }

  /** Reads what {@link #toBytes} gave. */
  static Event fromBytes(byte[] bytes) throws IOException {
    DataInput in = new DataInputStream(new ByteArrayInputStream(bytes));
    byte tag = in.readByte();
    return switch (tag) {
      case 'r' -> new Ready();
      case 'p' -> new Printed(in.readBoolean(), Wire.readBytes(in));
      case 'b' -> new TestBegan(in.readInt());
      case 'f' -> new TestFailing(in.readInt());
      case 'd' -> new TestDone(in.readInt(), in.readLong(), readOutcome(in));
      case 't' -> new Thrown(Problem.read(in));
      case 'm' -> new MainReturned();
      case 'x' -> new Exiting();
      case 'e' -> new Finished();
      case 'c' -> new Covered(in.readInt());
      case 's' -> new Traced(TraceStep.read(in));
      default -> throw new IOException("No event begins with " + tag);
    };
  }

  private static void writeOutcome(Outcome outcome, DataOutput out) throws IOException {
    switch (outcome) {
      case Held() -> out.writeByte('h');
      case NotHeld(Optional<String> message) -> {
        out.writeByte('n');
        Wire.writeOptional(message, out);
      }
      case Unequal(String actual, String expected, Optional<String> message) -> {
        out.writeByte('u');
        Wire.writeText(actual, out);
        Wire.writeText(expected, out);
        Wire.writeOptional(message, out);
      }
      case Threw(Problem problem) -> {
        out.writeByte('t');
        problem.write(out);
      }
    }
  }

  private static Outcome readOutcome(DataInput in) throws IOException {
    byte tag = in.readByte();
    return switch (tag) {
      case 'h' -> new Held();
      case 'n' -> new NotHeld(Wire.readOptional(in));
      case 'u' -> new Unequal(Wire.readText(in), Wire.readText(in), Wire.readOptional(in));
      case 't' -> new Threw(Problem.read(in));
      default -> throw new IOException("No outcome begins with " + tag);
    };
  }
}
