package dev.mallard.sandbox.runner;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/** One step of a trace, as a runner sends it. */
public sealed interface TraceStep {
  /** A method was entered. */
  record Called(String function, int line, List<Named> arguments) implements TraceStep {
    public Called {
      arguments = List.copyOf(arguments);
    }
  }

  /** A line was executed; {@code branch} is the line it led to, 0 if it does not choose. */
  record Line(int line, List<Named> changes, int branch) implements TraceStep {
    public Line {
      changes = List.copyOf(changes);
    }
  }

  /** A method returned. */
  record Returned(String function, String value) implements TraceStep {}

  /** An exception left a method. */
  record Raised(String function, String exception) implements TraceStep {}

  /** Here so many steps were left out. */
  record Omitted(long steps) implements TraceStep {}

  /** A variable and its value, as text. */
  record Named(String name, String value) {}

  /** Writes the step. */
  default void write(DataOutput out) throws IOException {
    switch (this) {
      case Called(String function, int line, List<Named> arguments) -> {
        out.writeByte('c');
        Wire.writeText(function, out);
        out.writeInt(line);
        writeNamed(arguments, out);
      }
      case Line(int line, List<Named> changes, int branch) -> {
        out.writeByte('l');
        out.writeInt(line);
        writeNamed(changes, out);
        out.writeInt(branch);
      }
      case Returned(String function, String value) -> {
        out.writeByte('r');
        Wire.writeText(function, out);
        Wire.writeText(value, out);
      }
      case Raised(String function, String exception) -> {
        out.writeByte('x');
        Wire.writeText(function, out);
        Wire.writeText(exception, out);
      }
      case Omitted(long steps) -> {
        out.writeByte('o');
        out.writeLong(steps);
      }
    }
  }

  /** Reads what {@link #write} wrote. */
  static TraceStep read(DataInput in) throws IOException {
    byte tag = in.readByte();
    return switch (tag) {
      case 'c' -> new Called(Wire.readText(in), in.readInt(), readNamed(in));
      case 'l' -> new Line(in.readInt(), readNamed(in), in.readInt());
      case 'r' -> new Returned(Wire.readText(in), Wire.readText(in));
      case 'x' -> new Raised(Wire.readText(in), Wire.readText(in));
      case 'o' -> new Omitted(in.readLong());
      default -> throw new IOException("No step begins with " + tag);
    };
  }

  private static void writeNamed(List<Named> variables, DataOutput out) throws IOException {
    Wire.writeList(
        variables,
        out,
        variable -> {
          Wire.writeText(variable.name(), out);
          Wire.writeText(variable.value(), out);
        });
  }

  private static List<Named> readNamed(DataInput in) throws IOException {
    return Wire.readList(in, () -> new Named(Wire.readText(in), Wire.readText(in)));
  }
}
