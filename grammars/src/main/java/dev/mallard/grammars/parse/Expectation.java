package dev.mallard.grammars.parse;

import java.util.BitSet;

/**
 * What may come at a place.
 *
 * @param wanted the terminals
 * @param viable these, and what is ignored
 * @param start the automaton's state before all that the lexer looks for
 */
record Expectation(BitSet wanted, BitSet viable, int start) {}
