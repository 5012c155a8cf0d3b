package dev.mallard.generator.sql;

import dev.mallard.generator.sql.Tables.Column;
import java.util.List;
import java.util.Map;

/**
 * A database with rows in it.
 *
 * @param madeUpRows how many were made up for each table; 0 if there were rows
 */
public record FilledDatabase(SqlDatabase database, int madeUpRows) {
  /**
   * Makes up rows for a database if it has tables and no row. They are left out if the database
   * cannot be built with them.
   *
   * @param question whose names and numbers are among the values
   * @param seed of the values
   */
  public static FilledDatabase of(SqlDatabase database, String question, long seed)
      throws InterruptedException {
    Map<String, List<Column>> tables = Tables.of(database);
    if (!tables.isEmpty() && Tables.areEmpty(tables.keySet(), database)) {
      SqlDatabase filled = database.and(new MadeUpRows(tables, question, seed).statements());
      if (filled.builds() && !Tables.areEmpty(tables.keySet(), filled)) {
        return new FilledDatabase(filled, MadeUpRows.COUNT);
      }
    }
    return new FilledDatabase(database, 0);
  }
}
