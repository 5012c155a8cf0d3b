package dev.mallard.generator.sql;

import dev.mallard.generator.UserException;

/**
 * A question about a database.
 *
 * @param question what is to be known, in words; not blank
 * @param schema statements that build the database: CREATE TABLE and the like, and INSERT, in
 *     SQLite's dialect
 */
public record SqlQuestion(String question, String schema) {
  /**
   * Checks the question.
   *
   * @throws UserException if it is blank
   */
  public SqlQuestion {
    if (question.isBlank()) {
      throw new UserException("The question is empty: ask something about the database.");
    }
  }
}
