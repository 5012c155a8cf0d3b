package dev.mallard.benchmarks.sandbox;

import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.Verdict;
import java.util.function.Predicate;

/**
 * A program of the soak test.
 *
 * @param name what it is called in reports
 * @param execution how it is run
 * @param right whether a verdict is of the right kind
 */
record SoakProgram(String name, Execution execution, Predicate<Verdict> right) {}
