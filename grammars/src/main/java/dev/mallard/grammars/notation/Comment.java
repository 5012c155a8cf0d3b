package dev.mallard.grammars.notation;

/**
 * A comment in a grammar.
 *
 * @param text what follows its sign, without blanks around it
 * @param position of its sign
 */
public record Comment(String text, Position position) {}
