package dev.mallard.grammars.notation;

import dev.mallard.grammars.GrammarException;

/**
 * A place in a grammar's text.
 *
 * @param line from 1 on
 * @param column from 1 on
 */
public record Position(int line, int column) {
  GrammarException error(String message) {
    return new GrammarException(message, line, column);
  }
}
