package dev.mallard.grammars.parse;

/**
 * Some parts of the trie of tokens, all to be read from the same place.
 *
 * @param number of its own
 * @param nodes the first byte of each part is that of its node
 */
@SuppressWarnings("ArrayRecordComponent") // Never changed, and compared by number.
record TriePiece(int number, int[] nodes) {}
