package dev.mallard.generator.loop;

/** What the model is told of a program that did not pass. */
public record Feedback(String text) {}
