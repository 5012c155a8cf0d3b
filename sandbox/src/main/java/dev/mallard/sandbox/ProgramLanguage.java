package dev.mallard.sandbox;

/**
 * What a program is written in: a language that the sandbox knows, or one that it is told how to
 * run.
 */
public sealed interface ProgramLanguage permits GuestLanguage, CommandLanguage {}
