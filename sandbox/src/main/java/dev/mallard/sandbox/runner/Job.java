package dev.mallard.sandbox.runner;

import dev.mallard.sandbox.DataValue;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * What a runner is asked to do; it does one job and ends.
 *
 * @param programClasses the program, compiled
 * @param testClasses the tests, compiled; of two classes of one name the tests' one is taken
 * @param standardInput what the program reads
 * @param outputBytes bytes of standard output and of standard error that are wanted, each
 * @param recording what the program's classes have been instrumented for
 * @param tracedTest the number of the only test that is traced; 0 for all there is
 * @param task what to run
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Job(
    List<ClassFileBytes> programClasses,
    List<ClassFileBytes> testClasses,
    byte[] standardInput,
    int outputBytes,
    Recording recording,
    int tracedTest,
    Task task) {
  public Job {
    programClasses = List.copyOf(programClasses);
    testClasses = List.copyOf(testClasses);
    standardInput = standardInput.clone();
  }

  @Override
  public byte[] standardInput() {
    return standardInput.clone();
  }

  /** What the program's classes have been instrumented for. */
  public enum Recording {
    NOTHING,
    COVERAGE,
    TRACE
  }

  /** What to run. */
  public sealed interface Task {}

  /** Nothing: the classes are only initialized. */
  public record LoadClasses() implements Task {}

  /** The program's {@code main}; the process ends as a Java program's does. */
  public record RunMain(String className) implements Task {}

  /** The {@code main} of the tests; one test. */
  public record RunTestMain(String className) implements Task {}

  /** The statements of a suite, compiled into the method {@code run} of this class. */
  public record RunStatements(String className) implements Task {}

  /** Calls of a method of the program, each of which is a test. */
  public record RunCalls(String className, String method, List<CallData> calls, double tolerance)
      implements Task {
    public RunCalls {
      calls = List.copyOf(calls);
    }
  }

  /** The arguments of one call and what it must return. */
  public record CallData(List<DataValue> arguments, DataValue expected) {
    public CallData {
      arguments = List.copyOf(arguments);
    }
  }

  /** The job as bytes. */
  public byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      write(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException("An array takes all that is written", e);
    }
    return bytes.toByteArray();
  }

  static Job fromBytes(byte[] bytes) throws IOException {
    DataInput in = new DataInputStream(new ByteArrayInputStream(bytes));
    return new Job(
        Wire.readList(in, () -> ClassFileBytes.read(in)),
        Wire.readList(in, () -> ClassFileBytes.read(in)),
        Wire.readBytes(in),
        in.readInt(),
        Recording.valueOf(Wire.readText(in)),
        in.readInt(),
        readTask(in));
  }

  private void write(DataOutput out) throws IOException {
    Wire.writeList(programClasses, out, classFile -> classFile.write(out));
    Wire.writeList(testClasses, out, classFile -> classFile.write(out));
    Wire.writeBytes(standardInput, out);
    out.writeInt(outputBytes);
    Wire.writeText(recording.name(), out);
    out.writeInt(tracedTest);
    switch (task) {
      case LoadClasses() -> out.writeByte('l');
      case RunMain(String className) -> {
        out.writeByte('m');
        Wire.writeText(className, out);
      }
      case RunTestMain(String className) -> {
        out.writeByte('t');
        Wire.writeText(className, out);
      }
      case RunStatements(String className) -> {
        out.writeByte('s');
        Wire.writeText(className, out);
      }
      case RunCalls(String className, String method, List<CallData> calls, double tolerance) -> {
        out.writeByte('c');
        Wire.writeText(className, out);
        Wire.writeText(method, out);
        Wire.writeList(calls, out, call -> writeCall(call, out));
        out.writeDouble(tolerance);
      }
    }
  }

  private static Task readTask(DataInput in) throws IOException {
    byte tag = in.readByte();
    return switch (tag) {
      case 'l' -> new LoadClasses();
      case 'm' -> new RunMain(Wire.readText(in));
      case 't' -> new RunTestMain(Wire.readText(in));
      case 's' -> new RunStatements(Wire.readText(in));
      case 'c' ->
          new RunCalls(
              Wire.readText(in),
              Wire.readText(in),
              Wire.readList(in, () -> readCall(in)),
              in.readDouble());
      default -> throw new IOException("No task begins with " + tag);
    };
  }

  private static void writeCall(CallData call, DataOutput out) throws IOException {
    Wire.writeList(call.arguments(), out, argument -> DataValueCodec.write(argument, out));
    DataValueCodec.write(call.expected(), out);
  }

  private static CallData readCall(DataInput in) throws IOException {
    return new CallData(Wire.readList(in, () -> DataValueCodec.read(in)), DataValueCodec.read(in));
  }
}
