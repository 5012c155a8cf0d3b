package dev.mallard.sandbox.sql;

import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.Verdict.Crashed;
import dev.mallard.sandbox.Verdict.OutOfMemory;
import dev.mallard.sandbox.Verdict.TimedOut;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sqlite.SQLiteErrorCode;

/** What SQLite's errors mean. The names of types are those of Python's sqlite3 module. */
final class SqlErrors {
  private static final int LONGEST_MESSAGE = 1000;

  /** The driver says: [SQLITE_ERROR] SQL error or missing database (near "x": syntax error). */
  private static final Pattern WRAPPED =
      Pattern.compile("\\[\\w+] [^(]*\\((.*)\\)", Pattern.DOTALL);

  private static final Pattern MISPLACED =
      Pattern.compile(
          "near \"(.*)\": syntax error|unrecognized token: \"(.*)\"|incomplete input",
          Pattern.DOTALL);

  private static final Pattern UNKNOWN =
      Pattern.compile("(?:no such (?:column|table|function)|ambiguous column name): (.*)");

  private SqlErrors() {}

  static SQLException error(SQLiteErrorCode code, String message) {
    return new SQLException(message, "", code.code);
  }

  /** What SQLite itself says. */
  static String message(SQLException error) {
    String message = String.valueOf(error.getMessage());
    Matcher wrapped = WRAPPED.matcher(message);
    return RowText.cut(wrapped.matches() ? wrapped.group(1) : message, LONGEST_MESSAGE);
  }

  /** Whether the statement does not parse. */
  static boolean isSyntaxError(SQLException error) {
    return MISPLACED.matcher(message(error)).matches();
  }

  /** The token at which the statement does not parse; empty if it ends too early. */
  static Optional<String> misplaced(SQLException error) {
    Matcher matcher = MISPLACED.matcher(message(error));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.ofNullable(matcher.group(1)).or(() -> Optional.ofNullable(matcher.group(2)));
  }

  /** The verdict on a query that ended with an error. */
  static Verdict verdict(
      SQLException error,
      Stop stop,
      Limits limits,
      SqlStatement query,
      Optional<Verdict.Test> test) {
    if (stop.reason().isPresent()) {
      return stopped(stop.reason().get(), limits, test);
    }
    String message = message(error);
    // An extended code has the plain one in its lowest byte.
    SQLiteErrorCode code = SQLiteErrorCode.getErrorCode(error.getErrorCode() & 0xff);
    return switch (code) {
      case SQLITE_NOMEM, SQLITE_FULL -> new OutOfMemory(limits.heapMebibytes(), test);
      case SQLITE_READONLY -> crashed("ReadOnlyError", message, query, test);
      case SQLITE_TOOBIG -> crashed("DataError", message, query, test);
      case SQLITE_CONSTRAINT, SQLITE_MISMATCH -> crashed("IntegrityError", message, query, test);
      case SQLITE_MISUSE -> crashed("ProgrammingError", message, query, test);
      default -> crashed("OperationalError", message, query, test);
    };
  }

  /** The verdict on what was stopped. */
  static Verdict stopped(Stop.Reason reason, Limits limits, Optional<Verdict.Test> test) {
    return switch (reason) {
      case TIME -> new TimedOut(limits.wallClock(), test, 0);
      case MEMORY -> new OutOfMemory(limits.heapMebibytes(), test);
    };
  }

  private static Crashed crashed(
      String type, String message, SqlStatement query, Optional<Verdict.Test> test) {
    return new Crashed(type, message, line(message, query), test, 0);
  }

  /** The line of the name that the message says is unknown. */
  private static Optional<Integer> line(String message, SqlStatement query) {
    Matcher unknown = UNKNOWN.matcher(message);
    if (!unknown.matches()) {
      return Optional.empty();
    }
    String name = unknown.group(1).substring(unknown.group(1).lastIndexOf('.') + 1);
    return query.tokens().stream()
        .filter(token -> token.name().equalsIgnoreCase(name))
        .findFirst()
        .map(token -> query.line(token.offset()));
  }
}
