package dev.mallard.grammars.parse;

/**
 * A rule in Backus-Naur form.
 *
 * @param left the nonterminal that it makes
 * @param right the symbols of which
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, nor changed.
record Production(int left, int[] right) {}
