package dev.mallard.sandbox.sql;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.sqlite.SQLiteErrorCode;

/**
 * Which statements SQLite is given at all. Some act when they are merely compiled (PRAGMA), so this
 * is decided on the text.
 */
final class StatementRules {
  private static final Set<String> QUERIES = Set.of("SELECT", "VALUES");

  private static final Set<String> BUILDING =
      Set.of(
          "ALTER",
          "ANALYZE",
          "BEGIN",
          "COMMIT",
          "CREATE",
          "DELETE",
          "DROP",
          "END",
          "INSERT",
          "REINDEX",
          "RELEASE",
          "REPLACE",
          "ROLLBACK",
          "SAVEPOINT",
          "SELECT",
          "UPDATE",
          "VALUES");

  private static final Set<String> OTHERS =
      Set.of("ATTACH", "DETACH", "EXPLAIN", "PRAGMA", "VACUUM");

  /** Tables that say something of the database's schema. */
  private static final Set<String> SCHEMA_TABLES =
      Set.of(
          "pragma_foreign_key_list",
          "pragma_index_info",
          "pragma_index_list",
          "pragma_index_xinfo",
          "pragma_table_info",
          "pragma_table_list",
          "pragma_table_xinfo");

  /** Virtual tables that are there without being created, besides json_each and json_tree. */
  private static final Set<String> VIRTUAL_TABLES =
      Set.of("dbstat", "fts3tokenize", "fts4aux", "fts5vocab", "sqlite_dbpage", "sqlite_stmt");

  private StatementRules() {}

  /** Whether a statement is one of those that only give rows, or may become one. */
  private static boolean isQuery(SqlStatement statement) {
    return QUERIES.contains(statement.verb()) || isIncomplete(statement);
  }

  private static boolean isIncomplete(SqlStatement statement) {
    return statement.verb().equals("WITH");
  }

  /** Refuses what may not be used in a query. */
  static void checkQuery(SqlStatement statement) throws SQLException {
    if (!isQuery(statement)) {
      String verb = statement.verb();
      throw BUILDING.contains(verb) || OTHERS.contains(verb)
          ? SqlErrors.error(
              SQLiteErrorCode.SQLITE_READONLY,
              verb + " is no query: only SELECT, WITH ... SELECT and VALUES are run")
          : noStatement(statement);
    }
    checkNames(statement);
  }

  /** Refuses what may not be used to build a database. */
  static void checkSetup(SqlStatement statement) throws SQLException {
    String verb = statement.verb();
    List<SqlToken> tokens = statement.tokens();
    if (!BUILDING.contains(verb) && !isIncomplete(statement) && !isForeignKeys(tokens)) {
      throw OTHERS.contains(verb)
          ? SqlErrors.error(
              SQLiteErrorCode.SQLITE_AUTH, verb + " cannot be used to build a database")
          : noStatement(statement);
    }
    if (verb.equals("CREATE") && tokens.size() > 1 && tokens.get(1).isWord("VIRTUAL")) {
      throw SqlErrors.error(SQLiteErrorCode.SQLITE_AUTH, "virtual tables cannot be created");
    }
    checkNames(statement);
  }

  /** As SQLite says it of what begins no statement. */
  private static SQLException noStatement(SqlStatement statement) {
    return SqlErrors.error(
        SQLiteErrorCode.SQLITE_ERROR,
        "near \"%s\": syntax error".formatted(statement.tokens().getFirst().text()));
  }

  /** Dumps begin with PRAGMA foreign_keys=OFF. */
  private static boolean isForeignKeys(List<SqlToken> tokens) {
    return tokens.size() >= 4
        && tokens.size() <= 5
        && tokens.get(0).isWord("PRAGMA")
        && tokens.get(1).isWord("foreign_keys");
  }

  private static void checkNames(SqlStatement statement) throws SQLException {
    for (SqlToken token : statement.tokens()) {
      String name = token.name();
      if ((name.startsWith("pragma_") && !SCHEMA_TABLES.contains(name))
          || VIRTUAL_TABLES.contains(name)) {
        throw SqlErrors.error(SQLiteErrorCode.SQLITE_ERROR, "no such table: " + name);
      }
    }
  }
}
