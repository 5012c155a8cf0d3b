package dev.mallard.benchmarks.spark;

import java.io.Serializable;

/**
 * What an executor's model is.
 *
 * @param description for people
 * @param weightsHash of its weights; empty where that is not known
 */
public record ModelFacts(String description, String weightsHash) implements Serializable {}
