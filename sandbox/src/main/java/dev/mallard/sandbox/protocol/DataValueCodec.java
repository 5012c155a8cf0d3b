package dev.mallard.sandbox.protocol;

import dev.mallard.sandbox.DataValue;
import dev.mallard.sandbox.DataValue.Bool;
import dev.mallard.sandbox.DataValue.Mapping;
import dev.mallard.sandbox.DataValue.Null;
import dev.mallard.sandbox.DataValue.Real;
import dev.mallard.sandbox.DataValue.Sequence;
import dev.mallard.sandbox.DataValue.Text;
import dev.mallard.sandbox.DataValue.Whole;
import java.io.IOException;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;

/** How a {@link DataValue} stands in a frame: one byte for its kind, then what it holds. */
final class DataValueCodec {
  private static final int NULL = 1;
  private static final int BOOL = 2;
  private static final int WHOLE = 3;
  private static final int REAL = 4;
  private static final int TEXT = 5;
  private static final int SEQUENCE = 6;
  private static final int MAPPING = 7;

  /** Deeper values than people write; bounds the recursion on what a hostile frame holds. */
  private static final int DEEPEST = 200;

  private DataValueCodec() {}

  static void encode(DataValue value, FieldWriter out) throws IOException {
    switch (value) {
      case Null() -> out.kind(NULL);
      case Bool(var truth) -> {
        out.kind(BOOL);
        out.flag(truth);
      }
      case Whole(var number) -> {
        out.kind(WHOLE);
        out.string(number.toString());
      }
      case Real(var number) -> {
        out.kind(REAL);
        out.real(number);
      }
      case Text(var text) -> {
        out.kind(TEXT);
        out.string(text);
      }
      case Sequence(var elements) -> {
        out.kind(SEQUENCE);
        out.list(elements, element -> encode(element, out));
      }
      case Mapping(var entries) -> {
        out.kind(MAPPING);
        out.list(
            entries.entrySet(),
            entry -> {
              out.string(entry.getKey());
              encode(entry.getValue(), out);
            });
      }
    }
  }

  static DataValue decode(FieldReader in) throws IOException {
    return decode(in, 0);
  }

  private static DataValue decode(FieldReader in, int depth) throws IOException {
    if (depth > DEEPEST) {
      throw new IOException("A value is nested more than " + DEEPEST + " deep");
    }
    int kind = in.kind();
    return switch (kind) {
      case NULL -> new Null();
      case BOOL -> new Bool(in.flag());
      case WHOLE -> new Whole(new BigInteger(in.string()));
      case REAL -> new Real(in.real());
      case TEXT -> new Text(in.string());
      case SEQUENCE -> new Sequence(in.list(() -> decode(in, depth + 1)));
      case MAPPING -> {
        Map<String, DataValue> entries = new HashMap<>();
        for (Map.Entry<String, DataValue> entry :
            in.list(() -> Map.entry(in.string(), decode(in, depth + 1)))) {
          entries.put(entry.getKey(), entry.getValue());
        }
        yield new Mapping(entries);
      }
      default -> throw new IOException("No value is of kind " + kind);
    };
  }
}
