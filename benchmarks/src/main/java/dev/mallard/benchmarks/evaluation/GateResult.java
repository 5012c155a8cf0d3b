package dev.mallard.benchmarks.evaluation;

/**
 * Whether a run is good enough.
 *
 * @param passed whether it is
 * @param reason one paragraph with the figures
 */
public record GateResult(boolean passed, String reason) {}
