package dev.mallard.sandbox.sql;

import dev.mallard.sandbox.Limits;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.sqlite.Function;
import org.sqlite.JDBC;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteLimits;

/**
 * A database in memory that hostile SQL can be run on. The driver has no authorizer, so this stands
 * in for it: no other file can be opened, nothing is kept on disk, and what SQLite itself does not
 * document is not there.
 */
final class Database implements AutoCloseable {
  /** Longest text of one statement that builds a database, and of a query. */
  private static final int LONGEST_SETUP = 1 << 24;

  static final int LONGEST_QUERY = 1_000_000;

  /** Short enough for instr and replace, which cannot be interrupted, to end within a minute. */
  private static final int LONGEST_VALUE = 1 << 20;

  private static final int LONGEST_PATTERN = 500;
  private static final int MOST_OPERATIONS = 5_000_000;
  private static final int MOST_COLUMNS = 2_000;
  private static final int DEEPEST_TRIGGER = 100;
  private static final int PAGE_BYTES = 4096;

  /** After so many steps of its virtual machine SQLite asks whether it may go on. */
  private static final int STEPS_BETWEEN_QUESTIONS = 1_000;

  /** Columns of what EXPLAIN gives. */
  private static final int OPERATION = 2;

  private static final int SECOND_OPERAND = 4;

  /** The driver's flag for a function that stands for those in all text encodings. */
  private static final int ANY_ENCODING = 1;

  /** What a query's program for SQLite's virtual machine never holds. */
  private static final Set<String> WRITING_OPERATIONS =
      Set.of(
          "AutoCommit",
          "Checkpoint",
          "Clear",
          "CreateBtree",
          "Destroy",
          "DropIndex",
          "DropTable",
          "DropTrigger",
          "IncrVacuum",
          "JournalMode",
          "OpenWrite",
          "ParseSchema",
          "Savepoint",
          "SetCookie",
          "SqlExec",
          "VBegin",
          "VCreate",
          "VDestroy",
          "VRename",
          "VUpdate",
          "Vacuum");

  private final SQLiteConnection connection;
  private final Object ending = new Object();
  private boolean closed;

  private Database(SQLiteConnection connection) {
    this.connection = connection;
  }

  /** An empty database. */
  static Database open() throws SQLException {
    SQLiteConnection connection = JDBC.createConnection("jdbc:sqlite::memory:", new Properties());
    try {
      harden(connection);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
    return new Database(connection);
  }

  private static void harden(SQLiteConnection connection) throws SQLException {
    connection.setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, 0);
    connection.setLimit(SQLiteLimits.SQLITE_LIMIT_WORKER_THREADS, 0);
    connection.setLimit(SQLiteLimits.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, LONGEST_PATTERN);
    connection.setLimit(SQLiteLimits.SQLITE_LIMIT_VDBE_OP, MOST_OPERATIONS);
    connection.setLimit(SQLiteLimits.SQLITE_LIMIT_COLUMN, MOST_COLUMNS);
    connection.setLimit(SQLiteLimits.SQLITE_LIMIT_TRIGGER_DEPTH, DEEPEST_TRIGGER);
    connection.setLimit(SQLiteLimits.SQLITE_LIMIT_SQL_LENGTH, LONGEST_SETUP);
    command(connection, "PRAGMA temp_store=MEMORY");
    command(connection, "PRAGMA trusted_schema=OFF");
    for (Foreign foreign : foreignFunctions(connection)) {
      Function.create(
          connection,
          foreign.name(),
          new Absent(foreign.name()),
          foreign.arguments(),
          ANY_ENCODING);
    }
  }

  /**
   * A function that is not SQLite's own: those that the driver and the full-text and R*Tree modules
   * add, and those that reach out of the database. One of the driver's, replicate, writes beyond
   * its memory.
   */
  private record Foreign(String name, int arguments) {}

  private static List<Foreign> foreignFunctions(SQLiteConnection connection) throws SQLException {
    List<Foreign> functions = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT DISTINCT name, narg FROM pragma_function_list WHERE NOT builtin"
                    + " OR name IN ('load_extension', 'sqlite_log')")) {
      while (rows.next()) {
        functions.add(new Foreign(rows.getString(1), rows.getInt(2)));
      }
    }
    return functions;
  }

  /** Stands in the place of a function, and says that there is none. */
  private static final class Absent extends Function {
    private final String name;

    Absent(String name) {
      this.name = name;
    }

    @Override
    protected void xFunc() throws SQLException {
      error("no such function: " + name);
    }
  }

  private static void command(SQLiteConnection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.execute();
    }
  }

  /** From now on nothing takes more than the limits, and all ends when it is to stop. */
  void bound(Limits limits, Stop stop) throws SQLException {
    long heap = (long) limits.heapMebibytes() << 20;
    connection.setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, LONGEST_VALUE);
    command(connection, "PRAGMA main.max_page_count=" + heap / PAGE_BYTES);
    command(connection, "PRAGMA temp.max_page_count=" + heap / PAGE_BYTES);
    ProgressHandler.setHandler(
        connection,
        STEPS_BETWEEN_QUESTIONS,
        new ProgressHandler() {
          @Override
          protected int progress() {
            return stop.mayGoOn(STEPS_BETWEEN_QUESTIONS) ? 0 : 1;
          }
        });
    stop.watches(this);
  }

  /** Runs the statements that build a test's database. */
  void build(String setup) throws SetupException {
    for (SqlStatement statement : SqlStatement.split(setup)) {
      try {
        StatementRules.checkSetup(statement);
        command(connection, statement.text());
      } catch (SQLException e) {
        throw new SetupException(e, statement);
      }
    }
  }

  /** From now on nothing can be written. */
  void freeze() throws SQLException {
    command(connection, "PRAGMA query_only=ON");
    connection.setLimit(SQLiteLimits.SQLITE_LIMIT_SQL_LENGTH, LONGEST_QUERY);
  }

  /** Compiles a query, and runs nothing. */
  void compile(String query) throws SQLException {
    connection.prepareStatement(query).close();
  }

  /**
   * Runs a query.
   *
   * @param mostRows if there are more rows, these are all that is read of them
   * @param mostBytes if the rows take more memory, this is an error
   */
  Rows query(SqlStatement query, int mostRows, long mostBytes) throws SQLException {
    StatementRules.checkQuery(query);
    checkProgram(query.text());
    try (PreparedStatement statement = connection.prepareStatement(query.text());
        ResultSet results = statement.executeQuery()) {
      ResultSetMetaData description = results.getMetaData();
      int width = description.getColumnCount();
      List<String> columns = new ArrayList<>();
      for (int column = 1; column <= width; column++) {
        columns.add(description.getColumnLabel(column));
      }
      List<List<SqlValue>> rows = new ArrayList<>();
      long bytes = 0;
      while (results.next()) {
        if (rows.size() == mostRows) {
          return new Rows(columns, rows, false);
        }
        List<SqlValue> row = row(results, width);
        bytes += 64 + row.stream().mapToLong(SqlValue::size).sum();
        if (bytes > mostBytes) {
          throw SqlErrors.error(SQLiteErrorCode.SQLITE_NOMEM, "the rows do not fit in memory");
        }
        rows.add(row);
      }
      return new Rows(columns, rows, true);
    }
  }

  /** Of a query that is compiled SQLite tells every operation: none may write. */
  private void checkProgram(String query) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("EXPLAIN " + query);
        ResultSet operations = statement.executeQuery()) {
      while (operations.next()) {
        String operation = operations.getString(OPERATION);
        boolean begins = operation.equals("Transaction") && operations.getInt(SECOND_OPERAND) != 0;
        if (begins || WRITING_OPERATIONS.contains(operation)) {
          throw SqlErrors.error(
              SQLiteErrorCode.SQLITE_READONLY, "attempt to write a readonly database");
        }
      }
    }
  }

  private static List<SqlValue> row(ResultSet results, int width) throws SQLException {
    List<SqlValue> row = new ArrayList<>(width);
    for (int column = 1; column <= width; column++) {
      Object value = results.getObject(column);
      row.add(value == null ? new SqlValue.Null() : SqlValue.of(value));
    }
    return row;
  }

  /** Ends what runs at the moment, from another thread. */
  void interrupt() {
    synchronized (ending) {
      if (!closed) {
        try {
          connection.getDatabase().interrupt();
        } catch (SQLException e) {
          throw new IllegalStateException("a database that is open can be interrupted", e);
        }
      }
    }
  }

  @Override
  public void close() {
    synchronized (ending) {
      closed = true;
    }
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("a database in memory can be closed", e);
    }
  }
}
