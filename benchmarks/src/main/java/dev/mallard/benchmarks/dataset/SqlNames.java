package dev.mallard.benchmarks.dataset;

import java.util.Locale;
import java.util.Set;

/** Names of tables and columns in statements of SQLite. */
final class SqlNames {
  /** The words of SQLite that cannot be names as they are; other keywords can. */
  private static final Set<String> RESERVED =
      Set.of(
          """
          ADD ALL ALTER AND AS AUTOINCREMENT BETWEEN CASE CHECK COLLATE COMMIT CONSTRAINT
          CREATE DEFAULT DEFERRABLE DELETE DISTINCT DROP ELSE ESCAPE EXCEPT EXISTS FOREIGN
          FROM GROUP HAVING IN INDEX INSERT INTERSECT INTO IS ISNULL JOIN LIMIT NOT
          NOTHING NOTNULL NULL ON OR ORDER PRIMARY REFERENCES RETURNING SELECT SET TABLE
          THEN TO TRANSACTION UNION UNIQUE UPDATE USING VALUES WHEN WHERE
          """
              .split("\\s+", -1));

  private SqlNames() {}

  /** A name as a statement has it: as it is, or between quotation marks where it must be. */
  static String quoted(String name) {
    boolean plain =
        name.matches("[A-Za-z_][A-Za-z0-9_]*") && !RESERVED.contains(name.toUpperCase(Locale.ROOT));
    return plain ? name : always(name);
  }

  /** A name between quotation marks, whatever it is. */
  static String always(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }
}
