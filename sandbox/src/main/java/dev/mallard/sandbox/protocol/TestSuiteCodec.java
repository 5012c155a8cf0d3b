package dev.mallard.sandbox.protocol;

import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.TestSuite.Asserts;
import dev.mallard.sandbox.TestSuite.Call;
import dev.mallard.sandbox.TestSuite.Calls;
import dev.mallard.sandbox.TestSuite.Exchange;
import dev.mallard.sandbox.TestSuite.Expected;
import dev.mallard.sandbox.TestSuite.ResultSet;
import dev.mallard.sandbox.TestSuite.ResultSets;
import dev.mallard.sandbox.TestSuite.StandardIo;
import java.io.IOException;

/** How a {@link TestSuite} stands in a frame: one byte for its style, then its components. */
final class TestSuiteCodec {
  private static final int ASSERTS = 1;
  private static final int CALLS = 2;
  private static final int STANDARD_IO = 3;
  private static final int RESULT_SETS = 4;

  private static final int QUERY = 1;
  private static final int ROWS = 2;
  private static final int ANYTHING = 3;

  private TestSuiteCodec() {}

  static void encode(TestSuite suite, FieldWriter out) throws IOException {
    switch (suite) {
      case Asserts(var source) -> {
        out.kind(ASSERTS);
        out.string(source);
      }
      case Calls(var function, var calls, var tolerance) -> {
        out.kind(CALLS);
        out.string(function);
        out.list(
            calls,
            call -> {
              out.list(call.arguments(), value -> DataValueCodec.encode(value, out));
              DataValueCodec.encode(call.expected(), out);
            });
        out.real(tolerance);
      }
      case StandardIo(var exchanges) -> {
        out.kind(STANDARD_IO);
        out.list(
            exchanges,
            exchange -> {
              out.string(exchange.input());
              out.string(exchange.output());
            });
      }
      case ResultSets(var queries) -> {
        out.kind(RESULT_SETS);
        out.list(
            queries,
            query -> {
              out.string(query.setup());
              encode(query.expected(), out);
              out.flag(query.ordered());
            });
      }
    }
  }

  static TestSuite decode(FieldReader in) throws IOException {
    int kind = in.kind();
    return switch (kind) {
      case ASSERTS -> new Asserts(in.string());
      case CALLS ->
          new Calls(
              in.string(),
              in.list(() ->
                  new Call(in.list(() -> DataValueCodec.decode(in)), DataValueCodec.decode(in))),
              in.real());
      case STANDARD_IO -> new StandardIo(in.list(() -> new Exchange(in.string(), in.string())));
      case RESULT_SETS ->
          new ResultSets(in.list(() -> new ResultSet(in.string(), expected(in), in.flag())));
      default -> throw new IOException("No test suite is of kind " + kind);
    };
  }

  private static void encode(Expected expected, FieldWriter out) throws IOException {
    switch (expected) {
      case Expected.Query(var sql) -> {
        out.kind(QUERY);
        out.string(sql);
      }
      case Expected.Anything() -> out.kind(ANYTHING);
      case Expected.Rows(var rows) -> {
        out.kind(ROWS);
        out.list(rows, row -> out.list(row, value -> DataValueCodec.encode(value, out)));
      }
    }
  }

  private static Expected expected(FieldReader in) throws IOException {
    int kind = in.kind();
    return switch (kind) {
      case QUERY -> new Expected.Query(in.string());
      case ANYTHING -> new Expected.Anything();
      case ROWS -> new Expected.Rows(in.list(() -> in.list(() -> DataValueCodec.decode(in))));
      default -> throw new IOException("No expected rows are of kind " + kind);
    };
  }
}
