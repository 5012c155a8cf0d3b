package dev.mallard.benchmarks.dataset;

import dev.mallard.generator.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteLimits;

/**
 * Reads a database of SQLite as statements that create its tables and insert their rows. The file
 * may be hostile: it is read into memory, of bounded size, and nothing that it defines besides
 * tables (views, triggers, indexes, computed columns) is used.
 */
final class SqliteScript {
  private static final int MOST_BYTES = 64 << 20;

  /** Each query is run on a database that is built anew. */
  static final int MOST_ROWS = 20_000;

  private static final int MOST_CHARACTERS = 8_000_000;
  private static final int LONGEST_VALUE = 1 << 20;

  /** Rows with a statement of their own, which a prompt can show. */
  private static final int ROWS_ALONE = 3;

  private static final int ROWS_OF_A_STATEMENT = 200;

  private final SQLiteConnection connection;
  private final StringBuilder script = new StringBuilder();

  private SqliteScript(SQLiteConnection connection) {
    this.connection = connection;
  }

  /**
   * The statements. Of a table with more rows the first 20,000 are there.
   *
   * @throws UserException if there is no such file, or it is no such database or too large a one
   */
  static String of(Path file) {
    byte[] bytes = bytes(file);
    try (SQLiteConnection connection =
        JDBC.createConnection("jdbc:sqlite::memory:", new Properties())) {
      connection.setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, LONGEST_VALUE);
      connection.setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, 0);
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA trusted_schema=OFF");
        statement.execute("PRAGMA cell_size_check=ON");
      }
      connection.deserialize("main", bytes);
      SqliteScript reader = new SqliteScript(connection);
      for (Table table : reader.tables()) {
        reader.read(table);
        if (reader.script.length() > MOST_CHARACTERS) {
          throw new UserException(
              "%s holds more than %,d characters, which is too much for queries that build it anew: name a folder without it with --databases."
                  .formatted(file, MOST_CHARACTERS));
        }
      }
      return reader.script.toString();
    } catch (SQLException e) {
      throw new UserException(
          "%s cannot be read as a database of SQLite (%s): name another folder with --databases."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private static byte[] bytes(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new UserException(
          "There is no file %s: name the folder that has NAME/NAME.sqlite for each database with --databases."
              .formatted(file));
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new UserException(
            "%s is larger than 64 MiB, which is more than Mallard reads: name a folder without it with --databases."
                .formatted(file));
      }
      return bytes;
    } catch (IOException e) {
      throw new UserException(
          "%s cannot be read (%s): check its permissions.".formatted(file, e.getMessage()), e);
    }
  }

  private record Table(String name, String sql) {}

  private List<Table> tables() throws SQLException {
    List<Table> tables = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT name, sql FROM sqlite_schema WHERE type = 'table'"
                    + " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND sql LIKE 'CREATE TABLE%'"
                    + " ORDER BY rowid")) {
      while (rows.next()) {
        tables.add(new Table(rows.getString(1), rows.getString(2)));
      }
    }
    return tables;
  }

  private void read(Table table) throws SQLException {
    script.append(table.sql()).append("\n;\n");
    List<String> columns = columns(table);
    String names = columns.stream().map(SqlNames::always).collect(Collectors.joining(", "));
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT %s FROM %s LIMIT %d"
                    .formatted(names, SqlNames.always(table.name()), MOST_ROWS))) {
      int number = 0;
      while (rows.next() && script.length() <= MOST_CHARACTERS) {
        boolean begins = number <= ROWS_ALONE || number % ROWS_OF_A_STATEMENT == 0;
        script.append(number == 0 ? "" : begins ? ";\n" : ",");
        if (begins) {
          script.append("INSERT INTO ").append(SqlNames.quoted(table.name()));
          script.append(" VALUES ");
        }
        row(rows, columns.size());
        number++;
      }
      script.append(number == 0 ? "" : ";\n");
    }
  }

  /** Those that hold values; others are computed. */
  private List<String> columns(Table table) throws SQLException {
    List<String> columns = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT name FROM pragma_table_xinfo(?) WHERE hidden = 0 ORDER BY cid")) {
      statement.setString(1, table.name());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          columns.add(rows.getString(1));
        }
      }
    }
    return columns;
  }

  private void row(ResultSet rows, int width) throws SQLException {
    for (int column = 1; column <= width; column++) {
      script.append(column == 1 ? "(" : ", ").append(literal(rows.getObject(column)));
    }
    script.append(')');
  }

  private static String literal(@Nullable Object value) {
    return switch (value) {
      case null -> "NULL";
      case byte[] bytes -> "X'" + HexFormat.of().formatHex(bytes) + "'";
      case Double number when number.isInfinite() -> number > 0 ? "9e999" : "-9e999";
      case Number number -> number.toString();
      default -> text(value.toString());
    };
  }

  private static String text(String text) {
    if (text.indexOf(0) >= 0) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return "CAST(X'" + HexFormat.of().formatHex(bytes) + "' AS TEXT)";
    }
    return "'" + text.replace("'", "''") + "'";
  }
}
