package dev.mallard.benchmarks.evaluation;

import java.util.Optional;

/**
 * One program that a model wrote for a task.
 *
 * @param turn from 1
 * @param candidate its place in the turn, from 0
 * @param program empty where the answer had none
 * @param visible what the visible tests say; empty where there are none
 * @param hidden what the tests that decide say; empty where they were not run on this program, as
 *     it was not the best after any turn
 * @param tokens that the model wrote for it
 */
public record SampleResult(
    int turn,
    int candidate,
    String program,
    Optional<TaskVerdict> visible,
    Optional<TaskVerdict> hidden,
    int tokens) {}
